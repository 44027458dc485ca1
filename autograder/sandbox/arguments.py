"""The arguments of a call as one child gets them: what it cannot be sent, and what it has already.

Functions and objects of the problems file go by name, since the child has that file too; all other functions stay here and
are asked for. Objects and lent arguments travel once and are then called by their number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from types import FunctionType, MethodType
from typing import Any

import numpy as np

from autograder.child import wire
from autograder.sandbox.slate import Slate
from autograder.sandbox.values import Callback, Lent, Seed

_Known = dict[int, tuple[int, object]]
"""What the child has, by its identity here: its number there, and the thing itself, so that the identity stays taken."""


class Arguments:
    """What one child has been given."""

    def __init__(self, problems_file: str, slate: Slate) -> None:
        self._problems_file = problems_file
        self._slate = slate
        self._known: _Known = {}
        self._places: dict[int, int] = {}

    def pack(
        self, name: str, args: Sequence[Any], kwargs: Mapping[str, Any]
    ) -> tuple[bytes, bytes, Sequence[Callback]]:
        """Body and raw bytes of the request, and the functions that stay here; raises WireError, and the child has then got nothing."""
        callbacks: list[Callback] = []
        known = dict(self._known)
        request = [name, list(args), dict(kwargs)]
        body, raw = wire.pack(request, lambda value: self._special(value, callbacks, known))
        self._known = known
        return body, raw, callbacks

    def look(self, given: Sequence[Any]) -> None:
        """Reads what now stands where the lent arrays of a call lie."""
        for value in given:
            if isinstance(value, Lent) and id(value) in self._places:
                value.now = self._slate.read(self._places[id(value)], value.value)

    def _special(self, value: Any, callbacks: list[Callback], known: _Known) -> Sequence[Any] | None:
        if isinstance(value, Seed):
            return [wire.SEED, value.value]
        if isinstance(value, Lent):
            return self._lent(value, known)
        if isinstance(value, FunctionType) and self._is_of_problems(value):
            if value.__qualname__ == value.__name__ and value.__closure__ is None:
                return [wire.NAMED, value.__name__]
        if isinstance(value, MethodType) and isinstance(value.__func__, FunctionType):
            owner = value.__self__
            if self._is_of_problems(value.__func__) and is_dataclass(owner) and not isinstance(owner, type):
                number, is_new = _number(owner, known)
                kind = type(owner).__name__
                made_of = [kind, *(getattr(owner, part.name) for part in fields(owner))] if is_new else []
                return [wire.METHOD, number, value.__name__, *made_of]
        if callable(value) and not isinstance(value, type):
            value = Callback(value)
        if isinstance(value, Callback):
            callbacks.append(value)
            return [wire.CALLBACK, len(callbacks) - 1, value.returns]
        return None

    def _lent(self, lent: Lent, known: _Known) -> Sequence[Any]:
        number, is_new = _number(lent, known)
        lent.now = None
        if not is_new:
            return [wire.LENT, number]
        if not isinstance(lent.value, np.ndarray):
            return [wire.LENT, number, lent.value]
        if str(lent.value.dtype) not in wire.TYPES:
            raise ValueError(f"an array of {lent.value.dtype} cannot be lent, only one of numbers")
        self._places[id(lent)] = start = self._slate.put(lent.value)
        return [wire.LENT, number, start, lent.value.dtype.str, *lent.value.shape]

    def _is_of_problems(self, function: FunctionType) -> bool:
        return bool(self._problems_file) and function.__code__.co_filename == self._problems_file


def _number(thing: object, known: _Known) -> tuple[int, bool]:
    """The number of *thing* beside the child, and whether it has yet to be sent."""
    number, given = known.setdefault(id(thing), (len(known), None))
    if given is thing:
        return number, False
    known[id(thing)] = number, thing
    return number, True
