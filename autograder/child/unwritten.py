"""Memory that nobody wrote to, the same in every run.

`np.empty` gives whatever lay there before: mostly zeros in one run and old numbers in the next, so that code which reads it
would be graded by chance. Beside students' code it is filled with what no result can be taken for.
"""

from __future__ import annotations

from functools import update_wrapper
from typing import Any

import numpy as np

_empty, _empty_like = np.empty, np.empty_like


def show_itself() -> None:
    """From now on `np.empty` and `np.empty_like` fill what they give."""
    for function, own in ((empty, _empty), (empty_like, _empty_like)):
        # numpy.ma reads the documentation when it is imported, and refuses another one.
        update_wrapper(function, own)
        setattr(np, function.__name__, function)


def empty(*args: Any, **kwargs: Any) -> Any:
    """numpy.empty, filled: decimal numbers are nan, whole ones the farthest from 0 that there is."""
    return _filled(_empty(*args, **kwargs))


def empty_like(*args: Any, **kwargs: Any) -> Any:
    """numpy.empty_like, filled in the same way."""
    return _filled(_empty_like(*args, **kwargs))


def _filled(array: Any) -> Any:
    kind = array.dtype.kind
    if kind in "fc":
        array.fill(np.nan)
    elif kind in "iu":
        limits = np.iinfo(array.dtype)
        array.fill(limits.min or limits.max)
    elif kind == "b":
        array[...] = True
    return array
