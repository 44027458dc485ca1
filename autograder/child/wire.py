"""The language between a checker and a child: frames of plain data, never pickle.

A frame is a header, a body (msgpack of scalars and tagged lists) and raw bytes (the numbers of arrays). Everything
that is no scalar is a list that begins with its tag, so that a reader walks one kind of thing, counts what it makes and
stops at a depth. `pack` and `unpack` are used at both ends; the trusted end believes nothing that it reads.
"""

from __future__ import annotations

import math
import re
import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgpack
import numpy as np

HEADER = struct.Struct("<IIIHBx")
"""Length of the body, length of the raw bytes, number of the request, which callback (or whether claims are wanted), kind."""

MAX_BODY = 1 << 20
"""Longest body that a child may send; what it says must fit into the checker's memory many times over."""

MAX_NUMBERS = 1 << 22
"""Numbers in all arrays of a value together: as decimal numbers, which they become, they take eight bytes each."""

MAX_RAW = 8 * MAX_NUMBERS
MAX_ITEMS = 100_000
MAX_KEYS = 10_000
"""Keys of all dicts and sets together: made to share one hash, so many cost a second, and ten times as many minutes."""

MAX_DEPTH = 24
MAX_DIGITS = 400

# Kinds of frames. From the checker: 1 to 9; from the child: 10 and up.
CELL, CALL, VALUE, VECTOR, REFUSED, REWIND = range(1, 7)
READY, DONE, FAILED, RETURNED, RETURNED_ARRAY, RAISED, MISSING, TOO_LARGE = range(10, 18)
ASKS, ASKS_ARRAYS, ASKS_VECTOR, TELLS = range(18, 22)

_LIST, _TUPLE, _DICT, _SET, _ARRAY, _BIG, _COMPLEX, _OPAQUE = range(8)
FIRST_SPECIAL = 8
"""Tags from here on stand for what only the checker sends: seeds, callbacks, functions of the problems file, what is lent."""

SEED, CALLBACK, NAMED, METHOD, LENT = range(FIRST_SPECIAL, FIRST_SPECIAL + 5)

_DTYPES: Mapping[str, np.dtype] = {
    dtype.str: dtype
    for order in "<>"
    for code in ("b1", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8")
    for dtype in (np.dtype(order + code),)
}
"""The types of arrays that travel, by the names that `pack` writes."""

_NAMES = {dtype: str(dtype) for dtype in _DTYPES.values()}
TYPES = frozenset(_NAMES.values())
FLOAT64 = np.dtype("<f8")
_AS_IT_IS = frozenset({bool, float, str, bytes, type(None)})
UNCHANGING = _AS_IT_IS | {int}
"""Types of values that have no parts and never change, so that they are read as they are."""

_SEQUENCES: Mapping[Any, int] = {list: _LIST, tuple: _TUPLE}
_PLAIN = frozenset({int, dict})
"""Types that can have no meaning of their own, so that most values are packed without asking for one."""

_MSGPACK = msgpack.Packer(use_bin_type=True, unicode_errors="surrogatepass", strict_types=True)


class WireError(Exception):
    """What was sent or is to be sent is no message: malformed, too deep, or too much."""


@dataclass(frozen=True)
class Opaque:
    """Stands for a value that has no plain form, such as a generator or an object of a class of the student's."""

    type_name: str


def pack(value: Any, special: Callable[[Any], Sequence[Any] | None] = lambda _: None) -> tuple[bytes, bytes]:
    """Body and raw bytes of *value*; *special* may give the tagged list of what has a meaning of its own.

    Raises WireError for what is too deep or too much.
    """
    packer = _Packer(special)
    body: bytes = _MSGPACK.pack(packer.tree(value, 0))
    return body, b"".join(packer.raw)


def unpack(body: bytes, raw: bytes, special: Callable[[Sequence[Any]], Any] | None = None) -> Any:
    """The value in a frame; raises WireError for anything that `pack` would not have written.

    *special* makes something of a tagged list from FIRST_SPECIAL on; without it such a list is an error.
    """
    try:
        tree = msgpack.unpackb(
            body,
            raw=False,
            unicode_errors="replace",
            max_str_len=MAX_BODY,
            max_array_len=MAX_ITEMS,
            max_map_len=0,
            max_ext_len=0,
        )
        return _Unpacker(raw, special).value(tree, 0)
    except WireError:
        raise
    except (ValueError, TypeError, OverflowError, RecursionError, MemoryError) as error:
        raise WireError(f"no message: {type(error).__name__}") from error
    except msgpack.UnpackException as error:
        raise WireError("no message: it is cut off") from error


class _Packer:
    def __init__(self, special: Callable[[Any], Sequence[Any] | None]) -> None:
        self._special = special
        self._items = 0
        self._keys = 0
        self.raw: list[bytes] = []
        self._numbers = 0

    def tree(self, value: Any, depth: int) -> Any:
        self._count(1, depth)
        kind = type(value)
        if kind in _AS_IT_IS:
            return value
        if kind in _SEQUENCES:
            return [_SEQUENCES[kind], *self._parts(value, depth + 1)]
        if kind in _PLAIN:
            return self._other(value, depth)
        if isinstance(value, np.ndarray):
            return self._array(value, depth)
        if isinstance(value, np.generic):
            return self._scalar(value)
        tagged = self._special(value)
        if tagged is not None:
            return [tagged[0], *(self.tree(part, depth + 1) for part in tagged[1:])]
        return self._other(value, depth)

    def _count(self, number: int, depth: int) -> None:
        self._items += number
        if depth > MAX_DEPTH or self._items > MAX_ITEMS:
            raise WireError(
                "the value is nested too deeply" if depth > MAX_DEPTH else "the value has too many parts"
            )

    def _parts(self, values: Sequence[Any], depth: int) -> Sequence[Any]:
        if _AS_IT_IS.issuperset(map(type, values)):  # most lists are, and need no look at each part
            self._count(len(values), depth if values else 0)
            return values
        return [self.tree(value, depth) for value in values]

    def _other(self, value: Any, depth: int) -> Any:
        """Numbers and containers, also those of a class that was derived from them."""
        if isinstance(value, int):
            number = int(value)
            return number if -(2**63) <= number < 2**63 else [_BIG, _digits(number)]
        if isinstance(value, float):
            return float(value)
        if isinstance(value, str):
            return str.__str__(value)
        if isinstance(value, complex):
            return [_COMPLEX, value.real, value.imag]
        if isinstance(value, set | frozenset):
            return [_SET, *(self._key(item, depth) for item in value)]
        for kind, tag in _SEQUENCES.items():
            if isinstance(value, kind):
                return [tag, *(self.tree(item, depth + 1) for item in value)]
        if isinstance(value, Mapping):
            pairs = ((self._key(key, depth), self.tree(item, depth + 1)) for key, item in value.items())
            return [_DICT, *(part for pair in pairs for part in pair)]
        return [_OPAQUE, type(value).__name__[:80]]

    def _key(self, value: Any, depth: int) -> Any:
        self._keys += 1
        if self._keys > MAX_KEYS:
            raise WireError(f"the value has more than {MAX_KEYS:,} keys")
        return self.tree(value, depth + 1)

    def _scalar(self, value: np.generic) -> Any:
        if value.dtype.kind in "US":
            return str(value)
        if value.dtype.kind not in "biuf":
            return [_OPAQUE, str(value.dtype)]
        plain = float(value) if value.dtype.kind == "f" else value.item()
        return plain if isinstance(plain, bool | float) or -(2**63) <= plain < 2**63 else [_BIG, str(plain)]

    def _array(self, value: np.ndarray, depth: int) -> Any:
        if value.dtype.kind in "US":
            return self.tree(value.tolist(), depth + 1)
        if value.dtype.kind not in "biuf":
            return [_OPAQUE, f"array of {value.dtype}"[:80]]
        plain = np.asarray(value) if value.dtype.itemsize <= 8 else np.asarray(value, dtype=float)
        self._numbers += room(plain.shape)
        if self._numbers > MAX_NUMBERS:
            raise WireError(f"the value has more than {MAX_NUMBERS:,} numbers")
        raw = plain.tobytes()
        self.raw.append(raw)
        return [_ARRAY, plain.dtype.str, list(plain.shape), bool(value.flags.writeable)]


def room(shape: Sequence[int]) -> int:
    """How many numbers an array of *shape* counts for: an empty one has lengths, too, and numpy cannot take them all."""
    return math.prod(max(length, 1) for length in shape)


def _digits(number: int) -> str:
    # Comparing first: turning a huge number into digits takes time that grows with its square.
    if number.bit_length() > 4 * MAX_DIGITS:
        raise WireError("a whole number is too large")
    return str(number)


class _Unpacker:
    def __init__(self, raw: bytes, special: Callable[[Sequence[Any]], Any] | None) -> None:
        self._raw = memoryview(raw)
        self._special = special
        self._at = 0
        self._items = 0
        self._keys = 0
        self._numbers = 0

    def value(self, tree: Any, depth: int) -> Any:
        self._items += 1
        if depth > MAX_DEPTH or self._items > MAX_ITEMS:
            raise WireError("no message: too deep or too much")
        if type(tree) in UNCHANGING:
            return tree
        if type(tree) is not list or not tree or type(tree[0]) is not int:
            raise WireError("no message: a part without a tag")
        tag, parts = tree[0], tree[1:]
        if tag >= FIRST_SPECIAL and self._special is not None:
            return self._special([tag, *self._list(parts, depth)])
        reader = self._READERS.get(tag)
        if reader is None:
            raise WireError("no message: a tag that means nothing here")
        return reader(self, parts, depth)

    def _list(self, parts: list[Any], depth: int) -> list[Any]:
        if depth < MAX_DEPTH and UNCHANGING.issuperset(map(type, parts)):
            self._items += len(parts)
            if self._items > MAX_ITEMS:
                raise WireError("no message: too deep or too much")
            return parts
        return [self.value(part, depth + 1) for part in parts]

    def _tuple(self, parts: list[Any], depth: int) -> tuple[Any, ...]:
        return tuple(self._list(parts, depth))

    def _set(self, parts: list[Any], depth: int) -> set[Any]:
        self._count_keys(len(parts))
        return set(self._list(parts, depth))

    def _count_keys(self, number: int) -> None:
        self._keys += number
        if self._keys > MAX_KEYS:
            raise WireError("no message: too many keys")

    def _dict(self, parts: list[Any], depth: int) -> dict[Any, Any]:
        self._count_keys(len(parts) // 2)
        values = self._list(parts, depth)
        return dict(zip(values[::2], values[1::2], strict=True))

    def _array(self, parts: list[Any], depth: int) -> np.ndarray:
        code, shape, writeable = parts
        dtype = _DTYPES.get(code)
        if dtype is None:
            raise WireError("no message: an array of something else than numbers")
        if (
            type(shape) is not list
            or len(shape) > 8
            or not all(type(n) is int and 0 <= n <= MAX_NUMBERS for n in shape)
        ):
            raise WireError("no message: an array of no shape")
        self._numbers += room(shape)
        size = math.prod(shape) * dtype.itemsize
        if self._at + size > len(self._raw) or self._numbers > MAX_NUMBERS:
            raise WireError("no message: an array is cut off, or there are too many numbers")
        array = np.frombuffer(self._raw[self._at : self._at + size], dtype).reshape(shape).copy()
        self._at += size
        if dtype.kind == "b":  # a byte that is neither 0 nor 1 would be a truth value of its own kind
            array = np.asarray(array.view(np.uint8) != 0)
        if writeable is not True:
            array.setflags(write=False)
        return array

    def _big(self, parts: list[Any], depth: int) -> int:
        (text,) = parts
        if not isinstance(text, str) or not re.fullmatch(rf"-?[0-9]{{1,{2 * MAX_DIGITS}}}", text, re.ASCII):
            raise WireError("no message: digits that are none")
        return int(text)

    def _complex(self, parts: list[Any], depth: int) -> complex:
        real, imaginary = parts
        return complex(float(real), float(imaginary))

    def _opaque(self, parts: list[Any], depth: int) -> Opaque:
        (name,) = parts
        return Opaque(str(name)[:80])

    _READERS: Mapping[int, Callable[..., Any]] = {
        _LIST: _list,
        _TUPLE: _tuple,
        _DICT: _dict,
        _SET: _set,
        _ARRAY: _array,
        _BIG: _big,
        _COMPLEX: _complex,
        _OPAQUE: _opaque,
    }


def name_of(dtype: np.dtype) -> str:
    """What numpy calls it; quicker than asking for those that travel."""
    return _NAMES.get(dtype) or str(dtype)


def frame(kind: int, number: int, body: bytes = b"", raw: bytes = b"", which: int = 0) -> bytes:
    """The bytes of one frame."""
    return HEADER.pack(len(body), len(raw), number, which, kind) + body + raw
