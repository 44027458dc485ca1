"""The harness beside a submission: takes requests from the checker, calls the student's functions, sends what came back.

Everything here can be tampered with by the code that it calls, which is why the checker believes none of it: what
counts is recomputed there. What only this side can see (were the arguments changed, of which type was the result) is
reported as a claim.
"""

from __future__ import annotations

import ctypes
import io
import mmap
import os
import random
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from . import arrays, wire
from .cells import Notebook, parts, told
from .walls import CHANNEL

_CHUNK = 1 << 12
"""Most frames are short, and reading takes a buffer of this size each time."""

_TOLD_AT_ONCE = 1 << 18
"""Bytes of calls that are gathered before the checker is told of them."""

_REFUSALS: Mapping[str, type[Exception]] = {
    kind.__name__: kind
    for kind in (ValueError, TypeError, IndexError, KeyError, AttributeError, ArithmeticError, AssertionError)
}


class Printed(io.TextIOBase):
    """In the place of stdout and stderr: keeps the beginning of what is printed, counts the rest and throws it away."""

    def __init__(self, most: int) -> None:
        self._left = most
        self._parts: list[str] = []

    def writable(self) -> bool:
        return True

    def write(self, text: str, /) -> int:
        if self._left > 0:
            self._parts.append(text[: self._left])
            self._left -= len(text)
        return len(text)

    def take(self) -> str:
        """What was kept since the last time."""
        kept = "".join(self._parts)
        self._parts.clear()
        return kept


class Line:
    """The channel to the checker: one frame is asked, one is answered."""

    def __init__(self) -> None:
        self.number = 0
        self.which = 0
        self._told = arrays.Told()

    def note(self, which: int, body: bytes, raw: bytes) -> None:
        """Gathers a call of function *which*, of which the checker is told before anything else is said."""
        self._told.note(which, body, raw)
        if self._told.size > _TOLD_AT_ONCE or len(self._told) == arrays.MAX_TOLD:
            self.tell()

    def tell(self) -> None:
        """Tells the checker of the calls that were gathered."""
        if self._told:
            self.send(wire.TELLS, *self._told.take())
            self.receive()

    def forget(self) -> None:
        """Lets go of calls that were made when nobody waited to be told."""
        self._told.take()

    def answer(self, kind: int, body: bytes = b"", raw: bytes = b"") -> None:
        """Ends what the checker has asked for, when it has been told of all calls."""
        self.tell()
        self.send(kind, body, raw)

    def send(self, kind: int, body: bytes = b"", raw: bytes = b"", which: int = 0) -> None:
        data = wire.frame(kind, self.number, body, raw, which)
        sent = os.write(CHANNEL, data)
        while sent < len(data):
            sent += os.write(CHANNEL, data[sent : sent + (1 << 20)])

    def receive(self) -> tuple[int, bytes, bytes]:
        """Kind, body and raw bytes of the next frame; ends this process when the checker has closed the channel."""
        data = os.read(CHANNEL, _CHUNK)
        if len(data) < wire.HEADER.size:
            data = self._more(data, wire.HEADER.size)
        n_body, n_raw, self.number, self.which, kind = wire.HEADER.unpack_from(data)
        start = wire.HEADER.size
        if len(data) < start + n_body + n_raw:
            data = self._more(data, start + n_body + n_raw)
        return kind, data[start : start + n_body], data[start + n_body : start + n_body + n_raw]

    def _more(self, data: bytes, size: int) -> bytes:
        parts = bytearray(data)
        while len(parts) < size:
            part = os.read(CHANNEL, min(size - len(parts), 1 << 20))
            if not part:
                os._exit(0)
            parts += part
        return bytes(parts)


class Served:
    """A function of the checker's: calling it asks the checker, or *beside* for an answer that the checker is told of.
    `returns` says in which array the answer comes."""

    def __init__(self, line: Line, which: int, returns: str, beside: Any = None) -> None:
        self._line = line
        self._which = which
        self._returns = returns
        self._beside = beside
        self._request = line.number
        self._lent: np.ndarray | None = None
        self.__name__ = self.__qualname__ = "function"  # code may write it into its messages

    def __copy__(self) -> Served:
        """Itself, as it is with a plain function."""
        return self

    def __deepcopy__(self, _: Any) -> Served:
        return self

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        packed = None if kwargs else arrays.pack(args)
        answer = None if self._beside is None or packed is None else self._answered(args, packed)
        if answer is None:
            answer = self._ask(args, kwargs, packed)
        if self._returns == "same" and isinstance(answer, np.ndarray):
            if self._lent is None or self._lent.shape != answer.shape:
                self._lent = answer
            self._lent[...] = answer
            return self._lent
        if self._returns == "argument" and args and isinstance(args[0], np.ndarray):
            return args[0] if np.array_equal(args[0], answer, equal_nan=True) else answer
        return answer

    def _answered(self, args: tuple[Any, ...], packed: tuple[bytes, bytes]) -> Any:
        """The answer that is found beside the code, None where there is none."""
        try:
            with np.errstate(all="ignore"):  # as on the checker's side
                answer = self._beside(*args)
        except Exception:  # noqa: BLE001  the checker has the words for it
            return None
        if self._line.number == self._request:  # else nobody waits to be told any more
            self._line.note(self._which, *packed)
        return answer

    def _ask(self, args: tuple[Any, ...], kwargs: dict[str, Any], packed: tuple[bytes, bytes] | None) -> Any:
        self._line.tell()
        if packed is not None and len(args) == 1 and arrays.is_vector(args[0]):
            self._line.send(wire.ASKS_VECTOR, b"", packed[1], self._which)
        elif packed is not None:
            self._line.send(wire.ASKS_ARRAYS, *packed, self._which)
        else:
            self._line.send(wire.ASKS, *wire.pack([list(args), kwargs]), self._which)
        kind, body, raw = self._line.receive()
        if kind == wire.VECTOR:
            return arrays.vector(raw)
        answer = wire.unpack(body, raw)
        if kind == wire.VALUE:
            return answer
        name, message = answer
        raise _REFUSALS.get(name, ValueError)(message)


class Harness:
    """Serves one submission until the channel is closed. *slate* is the memory in which lent arrays lie."""

    def __init__(self, problems: Any, output: int, slate: mmap.mmap, line: Line | None = None) -> None:
        self._line = line or Line()
        self._slate = slate
        self._lent: dict[int, tuple[Any, Any]] = {}  # with what each was when it was lent
        self._handed: list[int] = []  # what is lent for the call that runs
        self._problems = problems
        self._printed = Printed(output)
        self._notebook = Notebook()
        self._known: dict[int, tuple[Any, Sequence[Any]]] = {}
        self._owners: dict[int, Any] = {}  # objects of classes of the problems file, by their number
        self._loaded: Any = None
        self._random: Any = None  # the generators' state after the last call, which is that before the next
        sys.stdout = sys.stderr = self._printed
        sys.stdin = io.StringIO()

    def serve(self) -> None:
        """Answers requests for ever; the process ends when the channel is closed."""
        self._line.send(wire.READY)
        while True:
            kind, body, raw = self._line.receive()
            if kind == wire.CELL:
                self.run_cell(wire.unpack(body, raw))
            elif kind == wire.CALL:
                self.call(body, raw, claims=bool(self._line.which))
            elif kind == wire.REWIND:
                self._rewind()
            else:
                os._exit(1)

    def run_cell(self, cell: Sequence[Any]) -> None:
        self._random = None
        label, source, definitions, offered = cell
        if offered:
            self._notebook.files.offer(offered)
        problem = self._notebook.run(label, source, definitions=definitions)
        self._printed.take()
        if problem:
            self._line.send(wire.FAILED, *wire.pack(problem[:4000]))
        else:
            self._line.send(wire.DONE)

    def _rewind(self) -> None:
        """Puts the global generators where they stood after the cells."""
        if self._loaded is not None:
            np.random.set_state(self._loaded[0])
            random.setstate(self._loaded[1])
        self._random = None
        self._line.send(wire.DONE)

    def call(self, body: bytes, raw: bytes, *, claims: bool = True) -> None:
        if self._loaded is None:
            self._loaded = np.random.get_state(), random.getstate()
        self._line.forget()
        self._known.clear()
        self._handed.clear()
        name, args, kwargs = wire.unpack(body, raw, self._special)
        function = self._notebook.names.get(name)
        if not callable(function):
            self._line.answer(wire.MISSING)
            return
        before = self._states(args, kwargs) if claims else None
        generators, self._random = (self._random or random_state()) if claims else None, None
        try:
            value = function(*args, **kwargs)
        except BaseException as error:  # noqa: BLE001  whatever the student's code raises is its answer
            memory = isinstance(error, MemoryError)
            name, said, label, number = parts(error, self._notebook.labels)
            text = told(error, self._notebook.labels)[:4000]
            claim = [
                text,
                name[:100],
                said[:1000],
                label,
                number,
                memory,
                self._changed(),
                self._printed.take(),
            ]
            self._line.answer(wire.RAISED, *wire.pack(claim))
            return
        if not claims:
            self._send_value(value, (True, True, []))
            return
        self._random = random_state()
        unchanged = before == self._states(args, kwargs)
        self._send_value(value, (unchanged, generators == self._random, self._changed()))

    def _send_value(self, value: Any, claims: tuple[bool, bool, list[bool]]) -> None:
        printed = self._printed.take()
        if claims == (True, True, []) and not printed and (packed := arrays.pack([value])) is not None:
            if len(packed[1]) <= wire.MAX_RAW:
                self._line.answer(wire.RETURNED_ARRAY, *packed)
                return
        dtype = wire.name_of(value.dtype) if isinstance(value, np.ndarray | np.generic) else None
        try:
            body, raw = wire.pack([value, dtype, *claims, printed])
        except wire.WireError as error:
            self._line.answer(wire.TOO_LARGE, *wire.pack(str(error)))
            return
        if len(body) > wire.MAX_BODY:
            self._line.answer(wire.TOO_LARGE, *wire.pack("the value is too large"))
            return
        self._line.answer(wire.RETURNED, body, raw)

    def _states(self, args: Sequence[Any], kwargs: Mapping[str, Any]) -> list[Any]:
        """What all arguments of a call are."""
        return [self._state(value) for value in (*args, *kwargs.values())]

    def _state(self, value: Any) -> Any:
        """What *value* is to the last byte, None if it cannot change or is no longer plain; arrays, the most common, the short way."""
        kind = type(value)
        if kind is np.ndarray and value.dtype.kind in "biuf" and value.dtype.itemsize <= 8:
            return value.dtype, value.shape, value.flags.writeable, value.tobytes()
        if kind in wire.UNCHANGING:
            return None
        try:
            return wire.pack(value, self._as_sent)
        except wire.WireError:
            return None

    def _changed(self) -> list[bool]:
        """Of each that is lent for this call, whether it is not what it was when it was lent."""
        lent = (self._lent[number] for number in self._handed)
        return [self._state(value) != before for value, before in lent]

    def _special(self, tree: Sequence[Any]) -> Any:
        made: Any
        match tree:
            case [wire.SEED, int(seed)]:
                made = np.random.default_rng(seed)
            case [wire.CALLBACK, int(which), str(returns), beside]:
                made = Served(self._line, which, returns, beside)
            case [wire.NAMED, str(name)]:
                made = getattr(self._problems, name)
            case [wire.METHOD, int(number), str(name), str(kind), *fields]:
                self._owners[number] = getattr(self._problems, kind)(*fields)
                made = getattr(self._owners[number], name)
            case [wire.METHOD, int(number), str(name)]:
                made = getattr(self._owners[number], name)
            case [wire.LENT, int(number), *value]:
                made = self._borrow(number, value)
            case _:
                raise wire.WireError("no message: a tag that means nothing here")
        self._known[id(made)] = (made, tree)
        return made

    def _borrow(self, number: int, value: Sequence[Any]) -> Any:
        if value:
            made = value[0] if isinstance(value[0], list) else self._on_the_slate(*value)
            self._lent[number] = made, self._state(made)
        self._handed.append(number)
        return self._lent[number][0]

    def _on_the_slate(self, start: int, writeable: int, code: str, *shape: int) -> np.ndarray:
        array: np.ndarray = np.ndarray(shape, code, self._slate, start)
        array.setflags(write=bool(writeable))
        return array

    def _as_sent(self, value: Any) -> Sequence[Any] | None:
        known = self._known.get(id(value))
        return known[1] if known is not None and known[0] is value else None


_GENERATOR: Any = np.random.get_bit_generator()  # type: ignore[attr-defined]  # numpy's stubs leave it out
_KEY_AND_PLACE = (ctypes.c_char * (4 * 624 + 4)).from_address(_GENERATOR.ctypes.state_address)
"""Where the state of numpy's global generator, a Mersenne twister, lies: reading it there takes a hundredth of the time of
`np.random.get_state`, and it is read before and after each call."""

_TWISTER: Any = random._inst  # its methods are the functions of the module
_PLACE_AND_KEY = (ctypes.c_char * (4 + 4 * 624)).from_address(id(_TWISTER) + object.__basicsize__)
"""Where CPython keeps that of its own: `random.getstate` makes 625 numbers of it each time."""


def _lies_there() -> bool:
    """Whether this Python keeps the state of its generator where we look for it."""
    if type(_TWISTER).__basicsize__ < object.__basicsize__ + len(_PLACE_AND_KEY):
        return False  # there is less of it than we would read
    *key, place = random.getstate()[1]
    return bool(np.array_equal(np.frombuffer(bytes(_PLACE_AND_KEY), np.uint32), [place, *key]))


_IS_READ_THERE = _lies_there()


def random_state() -> Any:
    """The state of the two global generators."""
    own = np.random.get_bit_generator() is _GENERATOR  # type: ignore[attr-defined]
    python = (bytes(_PLACE_AND_KEY), _TWISTER.gauss_next) if _IS_READ_THERE else random.getstate()
    return own, bytes(_KEY_AND_PLACE), python
