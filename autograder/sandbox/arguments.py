"""The arguments of a call as one child gets them: what it cannot be sent, and what it has already.

Functions and objects of the problems file go by name, since the child has that file too; all other functions stay here and
are asked for. Objects and lent arguments travel once and are then called by their number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from itertools import zip_longest
from types import FunctionType, MethodType
from typing import Any

import numpy as np

from autograder.child import wire
from autograder.sandbox.slate import Slate
from autograder.sandbox.values import Callback, Lent, Seed, lent_among


@dataclass
class Request:
    """What is sent for one call, the functions that stay here, and what is lent for it."""

    body: bytes = b""
    raw: bytes = b""
    callbacks: list[Callback] = field(default_factory=list)
    lent: list[Lent] = field(default_factory=list)


@dataclass(frozen=True)
class _Known:
    """What the child has: the thing itself, so that its identity stays taken; its number there; where it lies if it is shared."""

    thing: object
    number: int
    place: int = 0


class Arguments:
    """What one child has been given."""

    def __init__(self, problems_file: str, slate: Slate) -> None:
        self._problems_file = problems_file
        self._slate = slate
        self._known: dict[int, _Known] = {}

    def pack(self, name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Request:
        """The request for a call. What raises, WireError or ValueError for what cannot be sent, gives the child nothing."""
        known, used = dict(self._known), self._slate.used
        request = Request(lent=lent_among(args, kwargs))
        try:
            request.body, request.raw = wire.pack(
                [name, list(args), dict(kwargs)], lambda value: self._special(value, request)
            )
        except BaseException:
            self._known, self._slate.used = known, used
            raise
        return request

    def look(self, lent: Sequence[Lent], told: Sequence[Any]) -> None:
        """Notes what became of what was *lent* for a call: what stands where the arrays lie, and what the child has *told*."""
        for one, changed in zip_longest(lent, told[: len(lent)]):
            place = self._known[id(one)].place
            is_array = isinstance(one.value, np.ndarray)
            one.saw(self._slate.read(place, one.value.nbytes) if is_array else b"", admitted=changed is True)

    def _special(self, value: Any, request: Request) -> Sequence[Any] | None:
        if isinstance(value, Seed):
            return [wire.SEED, value.value]
        if isinstance(value, Lent):
            if value not in request.lent:
                raise ValueError("what is lent must be an argument itself, not a part of one")
            return self._lent(value)
        if isinstance(value, FunctionType) and self._is_of_problems(value):
            if value.__qualname__ == value.__name__ and value.__closure__ is None:
                return [wire.NAMED, value.__name__]
        if isinstance(value, MethodType) and isinstance(value.__func__, FunctionType):
            owner = value.__self__
            if self._is_of_problems(value.__func__) and is_dataclass(owner) and not isinstance(owner, type):
                return self._method(owner, value.__name__)
        if callable(value) and not isinstance(value, type):
            value = Callback(value)
        if isinstance(value, Callback):
            request.callbacks.append(value)
            return [wire.CALLBACK, len(request.callbacks) - 1, value.returns, self._beside(value)]
        return None

    def _beside(self, callback: Callback) -> Any:
        function = callback.beside
        if function is None or self._is_of_problems(getattr(function, "__func__", function)):
            return function
        raise ValueError("what answers beside the code must be a function of the problems file")

    def _method(self, owner: Any, name: str) -> Sequence[Any]:
        known = self._known.get(id(owner))
        if known is not None:
            return [wire.METHOD, known.number, name]
        number = self._note(owner)
        return [
            wire.METHOD,
            number,
            name,
            type(owner).__name__,
            *(getattr(owner, part.name) for part in fields(owner)),
        ]

    def _lent(self, lent: Lent) -> Sequence[Any]:
        known = self._known.get(id(lent))
        if known is not None:
            return [wire.LENT, known.number]
        value = lent.value
        lent.begin()
        if type(value) is list:
            return [wire.LENT, self._note(lent), value]
        if not isinstance(value, np.ndarray) or str(value.dtype) not in wire.TYPES:
            kind = (
                f"an array of {value.dtype}" if isinstance(value, np.ndarray) else f"a {type(value).__name__}"
            )
            raise ValueError(f"{kind} cannot be lent, only an array of numbers or a list")
        place = self._slate.put(value)
        number = self._note(lent, place)
        return [wire.LENT, number, place, bool(value.flags.writeable), value.dtype.str, *value.shape]

    def _note(self, thing: object, place: int = 0) -> int:
        number = len(self._known)
        self._known[id(thing)] = _Known(thing, number, place)
        return number

    def _is_of_problems(self, function: Any) -> bool:
        code = getattr(function, "__code__", None)
        return bool(self._problems_file) and code is not None and code.co_filename == self._problems_file
