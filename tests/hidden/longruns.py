"""What only shows in a long run on a slope: rows that are missing, steps that become shorter after many of them."""

from __future__ import annotations

import numpy as np
from instances import plane
from trials import Run, Walk, walk

LONG = 2600


def long_run(run: Run, usual: Walk) -> dict[str, str]:
    """What a long run on a slope has less than the *usual* walk: rows at its end or at its beginning, or length in its steps."""
    got = walk(run(plane(1.5), np.array([2.0]), LONG), [2.0], LONG)
    if got.points is None:
        return {
            "a long run": "raises" if usual.points is not None and got.form == "raises" else "",
            "late steps": "",
        }
    length = "" if got.besides == usual.besides else "ends"
    if length and got.first != usual.first:
        length = "begins late"
    return {"a long run": length, "late steps": "" if length else late_steps(got)}


def late_steps(long: Walk, evenly: int = 12) -> str:
    """Whether the steps of a *long* run on a slope change their length only after many of them."""
    if long.points is None or len(long.points) < 400 or not np.all(np.isfinite(long.points)):
        return ""
    sizes = np.abs(np.diff(long.points[:, 0]))
    # What is uneven from the beginning shows in the short runs.
    if not np.allclose(sizes[:evenly], sizes[0], rtol=1e-3):
        return ""
    off = np.flatnonzero(~np.isclose(sizes, sizes[0], rtol=1e-3))
    return "" if not off.size else "changing after some dozen" if off[0] < 100 else "changing"
