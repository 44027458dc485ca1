"""The short way between a checker and a child, for what most frames hold: a few vectors or tables of float64.

Their shapes stand in the body and their numbers in the raw bytes, without the tags of `wire`. What comes from a child is
believed as little here as there.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from .wire import FLOAT64, MAX_NUMBERS, WireError, room

MAX_ARRAYS = 4
_SHAPE = struct.Struct("<BII")
"""Number of dimensions, 1 or 2, and the lengths; the second one of a vector is 0."""

MAX_TOLD = 256
"""Calls of which one frame may tell: what a checker does with them takes it a while."""

_TOLD = struct.Struct("<HB")
"""Which function was called, and with how many arrays, whose shapes follow."""


def is_vector(value: Any) -> bool:
    """Whether *value* takes the shortest way: one row of float64, the argument and the answer of most callbacks."""
    return type(value) is np.ndarray and value.dtype == FLOAT64 and value.ndim == 1


def vector(raw: bytes) -> np.ndarray:
    """The writable vector in the raw bytes of a frame; raises WireError if they are no whole number of float64."""
    if len(raw) % 8:
        raise WireError("no message: a number is cut off")
    return np.frombuffer(raw, FLOAT64).copy()


def pack(values: Sequence[Any]) -> tuple[bytes, bytes] | None:
    """Body and raw bytes of *values*; None if they are anything but a few vectors or tables of float64."""
    if len(values) > MAX_ARRAYS:
        return None
    shapes = b""
    for value in values:
        if type(value) is not np.ndarray or value.dtype != FLOAT64 or not 1 <= value.ndim <= 2:
            return None
        if room(value.shape) > MAX_NUMBERS:
            return None
        shapes += _SHAPE.pack(value.ndim, *value.shape, *(0,) * (2 - value.ndim))
    return shapes, b"".join([value.tobytes() for value in values])


def unpack(body: bytes, raw: bytes) -> list[np.ndarray]:
    """The writable arrays in such a frame; raises WireError for anything that `pack` would not have written."""
    if len(body) % _SHAPE.size or len(body) > MAX_ARRAYS * _SHAPE.size:
        raise WireError("no message: no shapes")
    return list(_Numbers(raw).of(_SHAPE.iter_unpack(body)))


class Told:
    """Calls of functions that answer beside the code, as the child gathers them to tell of many at once."""

    def __init__(self) -> None:
        self._bodies: list[bytes] = []
        self._raws: list[bytes] = []
        self.size = 0

    def __len__(self) -> int:
        return len(self._raws)

    def note(self, which: int, body: bytes, raw: bytes) -> None:
        """One more call: of function *which*, with what `pack` made of its arguments."""
        self._bodies += (_TOLD.pack(which, len(body) // _SHAPE.size), body)
        self._raws.append(raw)
        self.size += len(raw) + len(body) + _TOLD.size

    def take(self) -> tuple[bytes, bytes]:
        """Body and raw bytes of a frame that tells of all calls since the last one."""
        frame = b"".join(self._bodies), b"".join(self._raws)
        self._bodies.clear()
        self._raws.clear()
        self.size = 0
        return frame


def told(body: bytes, raw: bytes) -> Iterator[tuple[int, list[np.ndarray]]]:
    """The calls in such a frame, in their order: which function, and the arrays; raises WireError for no such frame."""
    numbers, at = _Numbers(raw), 0
    for _ in range(MAX_TOLD):
        if at == len(body):
            return
        if at + _TOLD.size > len(body):
            raise WireError("no message: a call is cut off")
        which, count = _TOLD.unpack_from(body, at)
        begin = at + _TOLD.size
        at = begin + count * _SHAPE.size
        if at > len(body) or count > MAX_ARRAYS:
            raise WireError("no message: no shapes")
        yield which, list(numbers.of(_SHAPE.iter_unpack(body[begin:at])))
    if at < len(body):
        raise WireError("no message: too many calls at once")


class _Numbers:
    """The numbers of a frame, handed out array by array: writable parts of one copy of them, since no two share a number."""

    def __init__(self, raw: bytes) -> None:
        self._all = np.frombuffer(bytearray(raw[: len(raw) & ~7]), FLOAT64)
        self._at = 0

    def of(self, shapes: Iterator[tuple[int, int, int]]) -> Iterator[np.ndarray]:
        """The next arrays; raises WireError for a shape that is none, or one for which there are not enough numbers."""
        for n_dimensions, rows, columns in shapes:
            if n_dimensions == 1 and not columns:
                yield self._next(rows)
            elif n_dimensions == 2 and room((rows, columns)) <= MAX_NUMBERS:
                yield self._next(rows * columns).reshape(rows, columns)
            else:
                raise WireError("no message: an array of no shape, or of too many numbers")

    def _next(self, count: int) -> np.ndarray:
        begin, self._at = self._at, self._at + count
        if self._at > len(self._all):
            raise WireError("no message: an array is cut off")
        return self._all[begin : self._at]
