"""One submission in the sandbox: its cells are loaded once, its functions are called, limits are kept.

A call gives a `Call` or raises a `Fault`. A child that had to be stopped, or that ended by itself, is replaced at the
next call: the cells are run again, and one that took too long is then run for its definitions only. So an endless loop
costs what it is in, and nothing else.
"""

from __future__ import annotations

import math
import signal
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from autograder.briefing import Limits
from autograder.child import arrays, wire
from autograder.sandbox import asked
from autograder.sandbox.arguments import Arguments
from autograder.sandbox.channel import Broken, Channel, Deadline, Frame, Gone, Late
from autograder.sandbox.telling import CLOSED, discreet, meets_the_walls, similar
from autograder.sandbox.values import (
    WALL_CLOCK,
    Call,
    Callback,
    Cell,
    Claims,
    Exited,
    Fault,
    NotFound,
    OutOfMemory,
    Raised,
    TimedOut,
    TooMuch,
    Unreadable,
    plain,
    type_of,
)
from autograder.sandbox.zygotes import Ended, Zygote

MAX_CALLBACKS = 500_000
"""Calls of one function of ours within one call of the student's."""

MOST_CALLS_TOLD = 50_000
MOST_BYTES_TOLD = 64 << 20
"""Calls of which one submission may tell us in all, and the bytes of their arguments: they cost it little, and us a while."""

MAX_CHILDREN = 40
"""A submission that ends this many processes is not given another."""

MAX_STOPPED = 2
"""A function that had to be stopped this often and has never answered is not called again."""

_PATIENCE = 4.0
_PATIENCE_AT_LEAST = 5.0
"""The wall clock stops what waits instead of computing: this many times the limit of computing time, and so many seconds more.
Time in which the machine was too busy to let the child or us run is not counted."""


@dataclass
class _Live:
    """A running child, and what it has been given."""

    pid: int
    channel: Channel
    arguments: Arguments


class Child:
    """One submission; `with sandbox.open(cells) as child: child.call("f", (1,), {}, seconds=10)`."""

    def __init__(
        self, zygote: Callable[[], Zygote], cells: Sequence[Cell], limits: Limits, problems_file: str
    ) -> None:
        self._zygote = zygote
        self._cells = tuple(cells)
        self._limits = limits
        self._problems_file = problems_file
        self._live: _Live | None = None
        self._started = 0
        self._number = 0
        self._left_to_load = limits.seconds
        self._left = limits.seconds
        self._short: set[int] = set()
        self._never: set[int] = set()
        self._errors: dict[int, str] = {}
        self._stopped: Counter[str] = Counter()
        self._told = 0
        self._told_bytes = 0

    def __enter__(self) -> Child:
        self._start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def cell_errors(self) -> tuple[tuple[str, str], ...]:
        """The cells that did not run to their end, each with what went wrong."""
        return tuple((self._cells[number].label, text) for number, text in sorted(self._errors.items()))

    @property
    def spent(self) -> float:
        """The computing time that loading and calls have used so far, in seconds."""
        return 2 * self._limits.seconds - self._left_to_load - self._left

    def close(self) -> None:
        """Ends the process of the submission; it is gone when this returns."""
        if self._live is not None:
            live, self._live = self._live, None
            self._end(live)

    def call(
        self,
        name: str,
        args: Sequence[Any],
        kwargs: Mapping[str, Any],
        *,
        seconds: float,
        claims: bool = True,
    ) -> Call:
        """What the student's function *name* gives for these arguments, in at most *seconds* of computing time.

        Raises a Fault that says why there is no value. Without *claims* the child need not look at its arguments before and
        after, which takes as long as a short call.
        """
        live = self._living()
        allowed = min(seconds, self._left)
        if allowed <= 0:
            raise self._too_long(self._left, exercise=self._left <= seconds)
        if self._stopped[name] >= MAX_STOPPED:
            raise TimedOut(
                f"not called again: `{name}` had to be stopped each time before", limit="seconds_per_check"
            )
        sent = live.arguments.pack(name, args, kwargs)  # notes what the child has then, so it must be sent
        before = live.channel.seconds()
        deadline = _deadline(before, allowed)
        try:
            looks = claims or bool(sent.lent)
            request = wire.frame(wire.CALL, self._next_number(), sent.body, sent.raw, looks)
            frame = self._converse(live, request, sent.callbacks, deadline)
            look = partial(live.arguments.look, sent.lent)
            call = self._answer(name, frame, look, live.channel.seconds() - before)
        except Late as late:
            self.close()
            self._left -= allowed
            self._stopped[name] += 1
            raise self._late(late, allowed, exercise=self._left <= 0 and allowed < seconds) from None
        except Gone:
            raise self._exited(live.channel.seconds() - before) from None
        except (Broken, wire.WireError):
            self.close()
            raise Unreadable("what came back from the code could not be read") from None
        except Fault as fault:
            fault.seconds = live.channel.seconds() - before
            self._left -= fault.seconds
            if fault.limit == "calls":
                self.close()
                self._stopped[name] += 1
            raise
        except BaseException:
            self.close()  # a slip of ours, or Ctrl-C: the child waits for an answer that will not come
            raise
        self._left -= call.seconds
        self._stopped[name] = -MAX_CHILDREN  # it answers, so it is worth being asked again
        return call

    def rewind(self) -> None:
        """Puts the global generators beside the code where they stood before the first call, if it still runs."""
        live = self._live
        if live is None:
            return
        deadline = _deadline(live.channel.seconds(), self._limits.seconds_per_check)
        try:
            live.channel.send(wire.frame(wire.REWIND, self._next_number()), deadline)
            frame = live.channel.receive(self._number, deadline)
        except (Late, Gone, Broken):
            self.close()
            return
        if frame.kind != wire.DONE:
            self.close()

    # One request and all that the child asks in between.

    def _converse(
        self, live: _Live, request: bytes, callbacks: Sequence[Callback], deadline: Deadline
    ) -> Frame:
        live.channel.send(request, deadline)
        frame = live.channel.receive(self._number, deadline)
        if frame.kind not in asked.QUESTIONS:
            return frame
        calls = 0
        with np.errstate(all="ignore"):  # students' values may be anything; arithmetic on them is no news
            while calls < MAX_CALLBACKS:
                number, kind, body, raw = asked.answer(callbacks, frame)
                calls += number
                if frame.kind == wire.TELLS:
                    self._heard(number, len(frame.raw))
                live.channel.send(wire.frame(kind, self._number, body, raw), deadline)
                frame = live.channel.receive(self._number, deadline)
                if frame.kind not in asked.QUESTIONS:
                    return frame
        raise TooMuch(f"a function was called more than {MAX_CALLBACKS:,} times", limit="calls")

    def _heard(self, number: int, size: int) -> None:
        self._told += number
        self._told_bytes += size
        if self._told > MOST_CALLS_TOLD:
            raise TooMuch(f"functions were called more than {MOST_CALLS_TOLD:,} times", limit="calls")
        if self._told_bytes > MOST_BYTES_TOLD:
            taken = f"more than {MOST_BYTES_TOLD >> 20} MiB"
            raise TooMuch(f"functions were called with {taken} of numbers", limit="calls")

    def _answer(self, name: str, frame: Frame, look: Callable[[Sequence[Any]], None], seconds: float) -> Call:
        if frame.kind == wire.MISSING:
            raise NotFound(self._not_found(name))
        if frame.kind == wire.RETURNED_ARRAY:
            look([])
            return Call(_only(arrays.unpack(frame.body, frame.raw)), "float64", seconds, Claims())
        said = wire.unpack(frame.body, frame.raw)
        match frame.kind, said:
            case wire.RETURNED, [
                value,
                (str() | None) as dtype,
                bool() as unchanged,
                bool() as untouched,
                list() as changed,
                str() as printed,
            ]:
                look(changed)
                claims = Claims(unchanged, untouched, printed[: self._limits.output])
                return Call(plain(value), type_of(value, dtype), seconds, claims)
            case wire.RAISED, [
                str() as text,
                str() as kind,
                str() as words,
                str() as label,
                int() as line,
                bool() as memory,
                list() as changed,
                str(),
            ]:
                look(changed)
                raise self._raised(text, discreet(kind, words, label, line, self._cells), memory=memory)
            case wire.TOO_LARGE, str() as text:
                taken = "what the function returned cannot be taken"
                raise TooMuch(f"{taken}: {text}", discreet=f"{taken}: it is too large", limit="size")
            case _:
                raise Broken("an answer of another kind")

    def _raised(self, text: str, discreetly: str, *, memory: bool) -> Fault:
        if memory:
            needed = f"the code needed more than {self._limits.memory >> 20} MiB of memory"
            return OutOfMemory(f"{needed}: {text}", discreet=f"{needed}: {discreetly}", limit="memory")
        return Raised(f"the code raised {text}", discreet=f"the code raised {discreetly}")

    # Starting, loading, ending.

    def _living(self) -> _Live:
        if self._live is None:
            self._start()
        if self._live is None:
            raise Exited("the code ended Python again and again, so it was not started once more")
        return self._live

    def _start(self) -> None:
        """A child with all cells run; tries again when a cell ends it, without what did."""
        while self._live is None and self._started < MAX_CHILDREN:
            self._started += 1
            seconds = max(self._left_to_load, 0) + max(self._left, 0)
            pid, channel = self._zygote().open(
                memory=self._limits.memory, seconds=seconds, output=self._limits.output
            )
            self._live = _Live(pid, channel, Arguments(self._problems_file, channel.slate))
            self._load(self._live)

    def _load(self, live: _Live) -> None:
        offered = [[cell.label, cell.source] for cell in self._cells if cell.label.endswith(".py")]
        for number, cell in enumerate(self._cells):
            if number in self._never:
                continue
            if self._left_to_load <= -self._limits.seconds:
                self._errors.setdefault(number, "not run: the cells before it took too long")
                continue
            try:
                self._run_cell(live, number, cell, offered if number == 0 else [])
            except Late as late:
                self.close()
                self._give_up(number, f"stopped after {_words(late, self._limits.seconds_per_check)}")
                return
            except Gone:
                self._give_up(number, self._exited(0.0).message)
                return
            except (Broken, wire.WireError):
                self.close()
                self._give_up(number, "what came back could not be read")
                return

    def _run_cell(self, live: _Live, number: int, cell: Cell, offered: Sequence[Sequence[str]]) -> None:
        allowed = min(self._limits.seconds_per_check, self._left_to_load)
        definitions = number in self._short or allowed <= 0
        request = wire.pack([cell.label, cell.source, definitions, list(map(list, offered))])
        before = live.channel.seconds()
        if allowed <= 0:
            allowed = self._limits.seconds_per_check  # definitions take no time, so they may still be had
        deadline = _deadline(before, allowed)
        try:
            live.channel.send(wire.frame(wire.CELL, self._next_number(), *request), deadline)
            frame = live.channel.receive(self._number, deadline)
        except Late:
            self._left_to_load -= allowed
            raise
        self._left_to_load -= live.channel.seconds() - before
        if frame.kind == wire.FAILED:
            text = wire.unpack(frame.body, frame.raw)
            if not isinstance(text, str):
                raise Broken("no text")
            self._errors.setdefault(number, text)
        elif frame.kind != wire.DONE:
            raise Broken("an answer of another kind")

    def _give_up(self, number: int, reason: str) -> None:
        """Runs a cell for its definitions only next time, and not at all the time after."""
        self._errors[number] = reason
        (self._never if number in self._short else self._short).add(number)

    def _exited(self, seconds: float) -> Exited:
        """Reaps a child that has gone by itself, and says how it went."""
        live, self._live = self._live, None
        self._left -= max(seconds, 0)
        if live is None:
            return Exited("the code ended Python before it gave an answer")
        ended = self._end(live)
        if ended.code >= 0 or ended.code == -signal.SIGKILL:
            return Exited("the code ended Python before it gave an answer")
        return Exited(f"the code crashed Python (signal {-ended.code}) before it gave an answer")

    def _end(self, live: _Live) -> Ended:
        try:
            return self._zygote().end(live.pid)
        finally:
            live.channel.close()

    def _next_number(self) -> int:
        self._number += 1
        return self._number

    # Words.

    def _late(self, late: Late, allowed: float, *, exercise: bool) -> TimedOut:
        if late.waiting:
            return TimedOut(f"stopped after {_words(late, allowed)}", limit=WALL_CLOCK, seconds=allowed)
        return self._too_long(allowed, exercise=exercise)

    def _too_long(self, allowed: float, *, exercise: bool) -> TimedOut:
        if exercise:
            text = f"not tried to the end: the {self._limits.seconds:g} s of computing time for this exercise are used up"
            return TimedOut(text, limit="seconds", seconds=max(allowed, 0))
        text = f"stopped after {self._limits.seconds_per_check:g} s of computing time; does a loop not end?"
        return TimedOut(text, limit="seconds_per_check", seconds=allowed)

    def _not_found(self, name: str) -> str:
        text = f"there is no function `{name}` in what was handed in"
        other = similar(name, self._cells)
        if other:
            text += f"; is it `{other}`, which needs another name?"
        for label, problem in self.cell_errors[:3]:
            text += f"; {label} failed: {problem}"
        return f"{text}; {CLOSED}" if meets_the_walls(text) else text


def _only(values: Sequence[np.ndarray]) -> np.ndarray:
    if len(values) != 1:
        raise Broken("not one array")
    return values[0]


def _deadline(clock: float, allowed: float) -> Deadline:
    wall = max(_PATIENCE * allowed, allowed + _PATIENCE_AT_LEAST)
    return Deadline(clock + allowed, time.monotonic() + wall)


def _words(late: Late, allowed: float) -> str:
    seconds = math.ceil(max(_PATIENCE * allowed, allowed + _PATIENCE_AT_LEAST)) if late.waiting else allowed
    return (
        f"{seconds:g} s of waiting; does it sleep, or ask for something?"
        if late.waiting
        else f"{seconds:g} s of computing time"
    )
