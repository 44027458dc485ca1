"""What a hidden check gets as `submission`: a stand-in whose methods are the student's functions.

A call runs in the sandboxed child and gives plain data, or raises the Fault that ends the check. Every call is noted
in a trace: the behaviour by which `diagnosis` recognises a mistake. Values in it are cut to a small size.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal, Protocol

import numpy as np

from autograder.sandbox import Call, Fault, lent_among

ClaimsFor = Literal["", "noted", "shown"]

MAX_CALLS = 12
MAX_NUMBERS = 240
MAX_TEXT = 200


class Child(Protocol):
    """What is needed of a sandboxed child; `spent` is the computing time that it has used so far, in seconds."""

    @property
    def spent(self) -> float: ...

    def call(
        self,
        name: str,
        args: Sequence[Any],
        kwargs: Mapping[str, Any],
        *,
        seconds: float,
        claims: bool = True,
    ) -> Call: ...

    def rewind(self) -> None: ...


class Memory:
    """What is remembered of one child over its checks: the first call that it answered, to see whether the same call gives
    something else later, and in `kept` what checks keep for each other, such as a training that two of them look at."""

    def __init__(self, kept: Mapping[Any, Any] | None = None) -> None:
        self.kept: dict[Any, Any] = dict(kept or {})
        self._call: tuple[str, Sequence[Any], Mapping[str, Any], float] | None = None
        self._value: Any = None

    def note(
        self, name: str, args: Sequence[Any], kwargs: Mapping[str, Any], seconds: float, value: Any
    ) -> None:
        """Keeps the first call whose arguments cannot have been changed, and forgets all others."""
        if self._call is None and not lent_among(args, kwargs):
            self._call = (name, args, kwargs, seconds)
            self._value = plain(value)

    def differs_now(self, child: Child) -> bool:
        """Whether *child* now answers the first call in another way."""
        if self._call is None:
            return False
        name, args, kwargs, seconds = self._call
        try:
            call = child.call(name, args, kwargs, seconds=seconds, claims=False)
            return bool(plain(call.value) != self._value)
        except Fault:
            return True


class Submission:
    """`submission.f(x)` calls the student's `f`; `submission.last` is the record of the last call, without what the child
    merely claims unless *claims* are "shown"; "noted", they stand in the trace alone. All calls together may take *seconds*
    of computing time. `submission.kept` is a dict that all checks of a submission share."""

    def __init__(self, child: Child, seconds: float, memory: Memory, *, claims: ClaimsFor = "") -> None:
        self._claims = claims
        self._child = child
        self._seconds = seconds
        self._left = seconds
        self._memory = memory
        self.last: Call | None = None
        self._calls: list[list[Any]] = []
        self.faults: list[Fault] = []

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("_"):
            raise AttributeError(name)

        def call(*args: Any, **kwargs: Any) -> Any:
            return self.call(name, *args, **kwargs)

        return call

    def call(self, name: str, /, *args: Any, **kwargs: Any) -> Any:
        """The value of the student's function *name*; raises Fault."""
        try:
            call = self._child.call(name, args, kwargs, seconds=self._left, claims=bool(self._claims))
        except Fault as fault:
            self.last = None
            self._left -= fault.seconds
            self.faults.append(fault)
            self._note([name, "fault", type(fault).__name__, fault.outcome])
            raise
        self._left -= call.seconds
        self._memory.note(name, args, kwargs, self._seconds, call.value)
        kept = not any(one.changed for one in lent_among(args, kwargs))
        stays = (call.claims is None or call.claims.inputs_unchanged) and kept
        self._note([name, "value", call.value, call.dtype, stays])
        self.last = call if self._claims == "shown" else replace(call, claims=None)
        return call.value

    def attempt(self, name: str, /, *args: Any, **kwargs: Any) -> Call | Fault:
        """The record of the call, or the Fault that it ended in, as a value."""
        try:
            self.call(name, *args, **kwargs)
        except Fault as fault:
            return fault
        assert self.last is not None  # noqa: S101  `call` either raised or set it
        return self.last

    @property
    def kept(self) -> dict[Any, Any]:
        """What checks keep for each other while one child serves them."""
        return self._memory.kept

    @property
    def calls(self) -> list[Any]:
        """The first calls and what became of them, as JSON can hold it; made when asked for, since most are never looked at."""
        return [[plain(part) for part in entry] for entry in self._calls]

    def _note(self, entry: list[Any]) -> None:
        if len(self._calls) < MAX_CALLS:
            self._calls.append(entry)


def seconds_left(submission: Submission) -> float:
    """How much of its computing time *submission* has left; no attribute, which might be the name of a student's function."""
    return submission._left


def plain(value: Any) -> Any:
    """*value* as JSON can hold it, cut to a small size: the first numbers of an array stand for all of it."""
    if isinstance(value, np.ndarray):
        flat = value.reshape(-1)[:MAX_NUMBERS]
        return {"shape": list(value.shape), "numbers": [_number(number) for number in flat.tolist()]}
    if isinstance(value, np.generic):
        return _number(value.item())
    if isinstance(value, Mapping):
        return {"dict": [[plain(key), plain(item)] for key, item in list(value.items())[:MAX_CALLS]]}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value[:MAX_CALLS]]
    return _number(value)


def _number(value: Any) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else repr(value)
    if isinstance(value, int):
        return value if abs(value) < 2**63 else repr(value)[:MAX_TEXT]
    return (value if isinstance(value, str) else repr(value))[:MAX_TEXT]
