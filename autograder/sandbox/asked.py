"""What a child asks or tells while its code runs: calls of functions of ours, which are answered here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from autograder.child import arrays, wire
from autograder.sandbox.channel import Broken, Frame
from autograder.sandbox.values import Callback

QUESTIONS = frozenset({wire.ASKS, wire.ASKS_ARRAYS, wire.ASKS_VECTOR, wire.TELLS})
_REFUSALS = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, AssertionError)


def answer(callbacks: Sequence[Callback], frame: Frame) -> tuple[int, int, bytes, bytes]:
    """For how many calls *frame* stands, one at least; and kind, body and raw bytes of what to answer.

    Raises Broken or WireError for what is no question about one of the *callbacks*.
    """
    if frame.kind == wire.TELLS:
        return max(_hear(callbacks, frame), 1), wire.DONE, b"", b""
    args, kwargs = _arguments(frame)
    try:
        value = _called(callbacks, frame.which).function(*args, **kwargs)
    except _REFUSALS as refusal:
        return 1, wire.REFUSED, *wire.pack([type(refusal).__name__, str(refusal)])
    if arrays.is_vector(value):
        return 1, wire.VECTOR, b"", value.tobytes()
    return 1, wire.VALUE, *wire.pack(value)


def _hear(callbacks: Sequence[Callback], frame: Frame) -> int:
    """Tells functions of ours of the calls that were answered beside the code; how many they were."""
    number = 0
    for which, args in arrays.told(frame.body, frame.raw):
        callback = _called(callbacks, which)
        if callback.beside is None:
            raise Broken("an answer that was not given away")
        with suppress(*_REFUSALS):  # what it refuses it does not note, either
            callback.function(*args)
        number += 1
    return number


def _called(callbacks: Sequence[Callback], which: int) -> Callback:
    if which >= len(callbacks):
        raise Broken("a function that was not given")
    return callbacks[which]


def _arguments(frame: Frame) -> tuple[Sequence[Any], Mapping[str, Any]]:
    if frame.kind == wire.ASKS_VECTOR:
        return (arrays.vector(frame.raw),), {}
    if frame.kind == wire.ASKS_ARRAYS:
        return arrays.unpack(frame.body, frame.raw), {}
    match wire.unpack(frame.body, frame.raw):
        case [list() as args, dict() as kwargs] if all(isinstance(key, str) for key in kwargs):
            return args, kwargs
        case _:
            raise Broken("a call without arguments")
