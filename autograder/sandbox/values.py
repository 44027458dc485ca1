"""What goes into a sandbox and what comes out of it: cells, calls, faults. Plain values, nothing of a submission's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

WALL_CLOCK = "wall clock"
"""The limit that stops what waits instead of computing; the only one that depends on the machine."""


@dataclass(frozen=True)
class Cell:
    """One piece of code that was handed in; `label` is what messages call it, such as `cell 3` or `adam.py`."""

    label: str
    source: str


@dataclass(frozen=True)
class Layers:
    """What stands between a submission and this machine. `enough` says whether strangers' code may run; if not,
    `missing` says in words what there is not."""

    names: tuple[str, ...] = ()
    enough: bool = False
    missing: str = ""


@dataclass(frozen=True)
class Claims:
    """What only the child could see of a call, and may lie about: good for a diagnosis, never for a point."""

    inputs_unchanged: bool = True
    global_random_untouched: bool = True
    printed: str = ""


@dataclass(frozen=True)
class Call:
    """What came back from a call. `value` is plain, arrays are float64 (truth values and whole numbers too); `dtype` is the
    type of the NumPy array or number that came, None for others. Hidden checks get `claims` of None."""

    value: Any
    dtype: str | None = None
    seconds: float = 0.0
    claims: Claims | None = None


@dataclass(frozen=True)
class Seed:
    """An argument that becomes `numpy.random.default_rng(value)` beside the student's code."""

    value: int


@dataclass(frozen=True)
class Callback:
    """A function of ours as an argument: each call of it is served, and so seen, on this side. `returns` is "fresh" (a new
    array each time), "same" (each answer in one and the same array) or "argument" (the array it was given, where equal)."""

    function: Callable[..., Any]
    returns: str = "fresh"


@dataclass(eq=False)
class Lent:
    """An array or list as an argument that stays the caller's: the same object each time it is given to one submission.

    An array lies, in C order, in memory that we see as well: `now` is what stands there after a call. What becomes of a list
    only the child can see; give it a second time, and the result shows.
    """

    value: Any
    now: np.ndarray | None = None
    admitted: bool = False
    _before: bytes | None = None

    def begin(self) -> None:
        """Forgets what was seen; it is lent for the first time, or to another child."""
        self.now, self.admitted = None, False
        self._before = self.value.tobytes() if isinstance(self.value, np.ndarray) else b""

    @property
    def changed(self) -> bool:
        """Whether it is not as it was lent: other bytes, or another shape, type, length or content by the child's own admission.

        Raises ValueError before it was lent to a call that answered.
        """
        if self._before is None or (self.now is None and isinstance(self.value, np.ndarray)):
            raise ValueError("what became of it is known after a call that answers")
        return self.admitted or (self.now is not None and self.now.tobytes() != self._before)


class Fault(Exception):
    """Why a call gave no value. `message` is for the student, `outcome` a word of `report.OUTCOMES`, `limit` the name of
    the limit that was hit, if any; `seconds` the computing time that went into it. `discreet` is the message without
    anything that the code could have put there itself, for courses that keep the inputs of hidden checks to themselves."""

    outcome = "error"

    def __init__(self, message: str, *, discreet: str = "", limit: str = "", seconds: float = 0.0) -> None:
        super().__init__(message)
        self.message = message
        self.discreet = discreet or message
        self.limit = limit
        self.seconds = seconds


class Raised(Fault):
    """The student's code raised."""


class TimedOut(Fault):
    """A limit of time was hit."""

    outcome = "timeout"


class Exited(Fault):
    """The child ended before it answered."""


class NotFound(Fault):
    """There is no function of that name."""


class Unreadable(Fault):
    """What came back is no answer."""


class OutOfMemory(Fault):
    """The memory of the exercise was used up."""


class TooMuch(Fault):
    """Too large a value, too many calls."""
