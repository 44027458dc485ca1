"""What goes into a sandbox and what comes out of it: cells, calls, faults. Plain values, nothing of a submission's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.child import wire

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
    type of the NumPy array that came, for a single number the type that the child names, None for others. Hidden checks
    get `claims` of None."""

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
    array each time), "same" (each answer in one and the same array) or "argument" (the array it was given, where equal).

    `beside` is the same function as one of the problems file: it answers calls with arrays of float64 beside the code, and
    `function` is told of them afterwards, in their order, before what was called ends. Where `beside` raises, or is given
    something else, `function` is asked. What we are told is no weaker than what we are asked: the code may call as it likes.
    """

    function: Callable[..., Any]
    returns: str = "fresh"
    beside: Callable[..., Any] | None = None


@dataclass(eq=False)
class Lent:
    """An array or list as an argument that stays the caller's: the same object each time it is given to one submission.

    An array lies, in C order, in memory that we see as well: `now` is what stands there after a call. What becomes of a list
    only the child can see; give it a second time, and the result shows.
    """

    value: Any
    now: np.ndarray | None = None
    _before: bytes = b""
    _after: bytes | None = None
    _admitted: bool = False

    def begin(self) -> None:
        """Forgets what was seen; it is lent for the first time, or to another child."""
        self.now, self._after, self._admitted = None, None, False
        self._before = self.value.tobytes() if isinstance(self.value, np.ndarray) else b""

    def saw(self, data: bytes, *, admitted: bool) -> None:
        """Notes the bytes of an array, none for a list, and whether the child says that it is another one now."""
        self._after = data
        self._admitted |= admitted
        if isinstance(self.value, np.ndarray):
            array = np.frombuffer(data, self.value.dtype).reshape(self.value.shape)
            # a byte that is neither 0 nor 1 would be a truth value of its own kind
            self.now = array.view(np.uint8) != 0 if array.dtype.kind == "b" else array

    @property
    def changed(self) -> bool:
        """Whether it is not as it was lent: other bytes, or another shape, type, length or content by the child's own admission.

        Raises ValueError before it was lent to a call that answered.
        """
        if self._after is None:
            raise ValueError("what became of it is known after a call that answers")
        return self._admitted or self._after != self._before


def lent_among(args: Sequence[Any], kwargs: Mapping[str, Any]) -> list[Lent]:
    """What is lent among the arguments of a call."""
    return [one for one in (*args, *kwargs.values()) if isinstance(one, Lent)]


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


_WIDE = np.dtype(np.longdouble).name if np.dtype(np.longdouble).itemsize > 8 else ""


def plain(value: Any) -> Any:
    """*value* with every array as plain float64, so that nothing that a check sees has a behaviour of its own."""
    if isinstance(value, np.ndarray):
        return value.astype(np.float64)
    if isinstance(value, list | tuple):
        return type(value)(plain(item) for item in value)
    if isinstance(value, dict):
        return {plain(key) if isinstance(key, tuple) else key: plain(item) for key, item in value.items()}
    return value


def type_of(value: Any, claimed: str | None) -> str | None:
    """The type of an array that came, which only wide numbers change on the way; of a single number it is a claim."""
    if isinstance(value, np.ndarray) and claimed != _WIDE:
        return wire.name_of(value.dtype)
    return claimed[:80] if claimed and isinstance(value, np.ndarray | bool | int | float) else None
