"""The trusted end of the channel to a child: frames with a deadline, and nothing read that was not asked for.

A child's computing time is read from the kernel, so that a busy machine takes nothing from a student; the wall clock is
the backstop for code that waits instead of computing. Every departure from lock-step ends in `Broken`.
"""

from __future__ import annotations

import socket
import struct
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from autograder.child import wire
from autograder.sandbox.slate import Slate

_TICK = 0.05
_GLANCE = 0.1
"""How many seconds a child that never falls silent is left alone between two looks at its computing time."""

_FIRST = 1 << 16
_TIMEVAL = struct.Struct("@ll")
_CREDENTIALS = struct.Struct("@iII")


class Gone(Exception):
    """The child closed its end."""


class Broken(Exception):
    """What the child sent is no frame, or none that was asked for."""


class Late(Exception):
    """Time is up; `waiting` says that it was the wall clock and not the computing time that ran out."""

    def __init__(self, *, waiting: bool) -> None:
        super().__init__("time is up")
        self.waiting = waiting


class Frame(NamedTuple):
    """What a child sent."""

    kind: int
    body: bytes
    raw: bytes
    which: int


@dataclass
class Deadline:
    """When to give up: `cpu` as a reading of the child's clock, `wall` as one of `time.monotonic`.

    `queued` is how long child and checker had stood in line for a processor when the waiting began; what comes on top
    of it moves `wall` away. `look` is when a child that keeps us busy is looked at next.
    """

    cpu: float
    wall: float
    queued: float | None = None
    look: float = field(default_factory=lambda: time.monotonic() + _GLANCE)


class Channel:
    """One socket to one child, and the memory that is shared with it."""

    def __init__(self, ours: socket.socket) -> None:
        self._socket = ours
        try:
            self.slate = Slate()
        except OSError:
            ours.close()
            raise
        self._clock: int | None = None
        self._pid = 0
        self._buffer = bytearray(_FIRST)
        self._view = memoryview(self._buffer)
        timeout = _TIMEVAL.pack(0, int(_TICK * 1e6))
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, timeout)
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, timeout)
        if sys.platform == "linux":
            ours.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)

    def greet(self, deadline: float) -> None:
        """Waits for the child's first frame; with it the kernel tells which process it is, in our numbering."""
        data = b""
        while len(data) < wire.HEADER.size:
            try:
                part, ancillary, _, _ = self._socket.recvmsg(
                    wire.HEADER.size, socket.CMSG_SPACE(_CREDENTIALS.size)
                )
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise Late(waiting=True) from None
                continue
            except OSError as error:
                raise Gone from error
            if not part:
                raise Gone
            data += part
            for level, kind, content in ancillary:
                if sys.platform == "linux" and (level, kind) == (socket.SOL_SOCKET, socket.SCM_CREDENTIALS):
                    self._pid, _, _ = _CREDENTIALS.unpack(content[: _CREDENTIALS.size])
                    self._clock = (
                        ~self._pid << 3
                    ) | 2  # the kernel's name for the processor clock of that process
        if sys.platform == "linux":
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 0)
        if wire.HEADER.unpack(data)[4] != wire.READY or (sys.platform == "linux" and self._pid <= 0):
            raise Broken("no greeting, or from nobody")  # process 0 would mean our own clock

    def seconds(self) -> float:
        """The computing time that the child has used; 0 where the system does not tell, or the child is gone."""
        if self._clock is None:
            return 0.0
        try:
            return time.clock_gettime(self._clock)
        except OSError:
            return 0.0

    def send(self, data: bytes, deadline: Deadline) -> None:
        """Sends a frame; raises Gone or Late."""
        sent = 0
        while sent < len(data):
            try:
                sent += self._socket.send(data[sent:] if sent else data)
            except BlockingIOError:
                self._check(deadline)
            except OSError as error:
                raise Gone from error

    def receive(self, number: int, deadline: Deadline) -> Frame:
        """The one frame that answers request *number*; raises Gone, Late or Broken."""
        self._glance(deadline)
        got = self._some(self._view, deadline)
        while got < wire.HEADER.size:
            got += self._some(self._view[got:], deadline)
        n_body, n_raw, answered, which, kind = wire.HEADER.unpack_from(self._buffer)
        if n_body > wire.MAX_BODY or n_raw > wire.MAX_RAW or answered != number:
            raise Broken("no frame, or an answer to something else")
        start = wire.HEADER.size
        size = start + n_body + n_raw
        if got == size:
            data = bytes(self._view[start:size])
        elif got > size:
            raise Broken("more than one frame")
        else:
            data = self._rest(bytes(self._view[start:got]), size - got, deadline)
        return Frame(kind, data[:n_body], data[n_body:], which)

    def _rest(self, begun: bytes, missing: int, deadline: Deadline) -> bytes:
        # Grows with what really arrives: a header alone must not make us take memory.
        whole = bytearray(begun)
        while missing:
            self._glance(deadline)
            got = self._some(self._view[: min(missing, _FIRST)], deadline)
            whole += self._view[:got]
            missing -= got
        return bytes(whole)

    def _some(self, view: memoryview, deadline: Deadline) -> int:
        while True:
            try:
                got = self._socket.recv_into(view)
            except BlockingIOError:
                self._check(deadline)
                continue
            except OSError as error:
                raise Gone from error
            if not got:
                raise Gone
            return got

    def _glance(self, deadline: Deadline) -> None:
        """Raises Late for a child that is late although it keeps us busy: bytes that drip, questions without end."""
        now = time.monotonic()
        if now > deadline.look:
            deadline.look = now + _GLANCE
            self._check(deadline)

    def _check(self, deadline: Deadline) -> None:
        if self.seconds() > deadline.cpu:
            raise Late(waiting=False)
        if deadline.queued is None:
            deadline.queued = self._queued()
        late = time.monotonic() - deadline.wall
        if late > 0 and late > self._queued() - deadline.queued:
            raise Late(waiting=True)

    def _queued(self) -> float:
        """Seconds that the child and this process have stood in line for a processor; 0 where the system does not tell."""
        seconds = 0.0
        for process in (str(self._pid), "self") if self._pid else ():
            with suppress(OSError, ValueError, IndexError):
                text = Path(f"/proc/{process}/schedstat").read_text(encoding="ascii")
                seconds += int(text.split()[1]) / 1e9
        return seconds

    def close(self) -> None:
        self._socket.close()
        self.slate.close()
