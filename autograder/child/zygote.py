"""The zygote: a small process that has imported numpy and forks one walled-in child for each submission that is opened.

It is exec'd, never forked from anything that has seen a check, starts with an environment that we wrote, and runs no
code of students itself. Its only partner is the checker, over a control channel on descriptor 3 with JSON lines;
with the order to open come the descriptors of the child's own channel and of the memory that it shares with the checker.
"""

from __future__ import annotations

import array
import contextlib
import importlib.util
import json
import mmap
import os
import signal
import socket
import sys
import types
from collections.abc import Mapping
from typing import Any

from . import unforked, unwritten, walls  # noqa: F401  the first comes first

CONTROL = 3
_MAX_ORDER = 4 << 20
_DESCRIPTORS = 2
_LEAN = "numpy.linalg numpy.random numpy.fft numpy.polynomial typing dataclasses functools itertools math copy".split()
_HEAVY = (
    "sklearn.linear_model sklearn.preprocessing sklearn.impute sklearn.pipeline sklearn.metrics "
    "sklearn.model_selection sklearn.compose sklearn.utils"
).split()


def main() -> None:
    """Takes the first order, prepares, says what stands, and then forks and reaps until the control channel is closed."""
    control = socket.socket(fileno=CONTROL)
    setup = _receive(control)[0]
    try:
        state = _prepare(setup)
    except Exception as error:  # noqa: BLE001  the checker tells people why there is no sandbox
        _send(control, {"error": f"{type(error).__name__}: {error}"})
        return
    _send(control, {"ready": True, "leak": state.leak})
    while True:
        order, descriptors = _receive(control)
        _send(control, state.obey(order, descriptors))


def _prepare(setup: Mapping[str, Any]) -> _State:
    sys.argv = [""]
    sys.orig_argv = []
    heavy = _HEAVY if setup["heavy"] else []
    for name in [*_LEAN, *heavy]:
        __import__(name)
    if heavy and importlib.util.find_spec("pandas") is None:
        sys.meta_path.insert(0, _NoPandas)
    prepared = walls.prepare(setup["readable"], off=setup["off"])
    if sys.platform == "linux" and setup["parent"]:
        walls.die_with_parent(prepared.libc, setup["parent"])
    problems = _problems(setup["problems"])
    unwritten.show_itself()
    _warm_up(heavy=setup["heavy"])
    walls.freeze()
    state = _State(prepared, problems)
    if prepared.ruleset is not None:
        state.leak = state.try_out()
    return state


class _NoPandas:
    """Says at once that there is no pandas: scikit-learn asks in every call, and each time all folders would be searched."""

    @staticmethod
    def find_spec(name: str, *_: object) -> None:
        if name == "pandas":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


def _problems(source: str | None) -> types.ModuleType | None:
    """The practice problems of the course, made from their text, so that this process knows no place of the course."""
    if source is None:
        return None
    module = types.ModuleType("problems")
    sys.modules["problems"] = module
    exec(compile(source, "problems.py", "exec"), module.__dict__)  # noqa: S102  the author's file, not a student's
    return module


def _warm_up(*, heavy: bool) -> None:
    """Has numpy load and build what it would otherwise make anew in each child, and puts chance in a known state."""
    import random

    import numpy as np

    from . import rehearsal

    np.random.default_rng(0).permutation(3)
    np.linalg.solve(np.eye(2), np.ones(2))
    with np.errstate(all="ignore"):
        str(np.array([1.5, np.nan]).mean())
    rehearsal.rehearse(heavy=heavy)
    np.random.seed(0)
    random.seed(0)


class _State:
    """The children that live, by their process ids."""

    def __init__(self, prepared: walls.Walls, problems: types.ModuleType | None) -> None:
        self._walls = prepared
        self._problems = problems
        self._children: set[int] = set()
        self.leak = ""

    def obey(self, order: Mapping[str, Any], descriptors: list[int]) -> dict[str, Any]:
        if order["do"] == "open":
            if len(descriptors) != _DESCRIPTORS:  # the kernel leaves out what this process has no room for
                for descriptor in descriptors:
                    os.close(descriptor)
                return {"error": "no descriptors are left"}
            return self._open(order, *descriptors)
        return self._end(order["child"])

    def _open(self, order: Mapping[str, Any], channel: int, slate: int) -> dict[str, Any]:
        room = walls.Room(order["memory"], order["seconds"])
        try:
            pid = os.fork()
            if pid == 0:
                self._be_a_child(channel, slate, room, order["output"])
        except OSError as error:
            return {"error": error.strerror}
        finally:
            os.close(channel)
            os.close(slate)
        self._children.add(pid)
        return {"child": pid}

    def _be_a_child(self, channel: int, slate: int, room: walls.Room, output: int) -> None:
        """Never comes back."""
        try:
            from .calls import Harness

            shared = mmap.mmap(slate, 0)
            walls.put_up(self._walls, channel, room)
            Harness(self._problems, output, shared).serve()
        except BaseException:  # noqa: BLE001, S110  a child that cannot say what went wrong ends; its silence is an outcome
            pass
        finally:
            os._exit(70)

    def _end(self, pid: int) -> dict[str, Any]:
        """Kills and reaps a child; how it had ended by itself, if it had."""
        if pid not in self._children:
            return {"error": "no such child"}
        self._children.discard(pid)
        ended, status, usage = os.wait4(pid, os.WNOHANG)
        killed = ended == 0
        if killed:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            _, status, usage = os.wait4(pid, 0)
        code = os.waitstatus_to_exitcode(status)
        return {"killed": killed, "code": code, "seconds": usage.ru_utime + usage.ru_stime}

    def try_out(self) -> str:
        """Puts the walls around a child of our own and has it look for a way out; what it found."""
        reader, writer = os.pipe()
        pid = os.fork()
        if pid == 0:
            answer = b"?"
            try:
                walls.put_up(self._walls, writer, walls.Room(64 << 20, 10))
                answer = b"!" + walls.holds().encode()
            except BaseException as error:  # noqa: BLE001  told to people, then this process ends
                answer = f"the walls cannot be put up: {error}".encode()
            finally:
                with contextlib.suppress(OSError):
                    os.write(walls.CHANNEL, answer)
                os._exit(0)
        os.close(writer)
        with os.fdopen(reader, "rb") as pipe:
            answer = pipe.read()
        os.waitpid(pid, 0)
        if answer.startswith(b"!"):
            return answer[1:].decode()
        return (
            answer.decode("utf-8", "replace")
            or "the walls cannot be put up: the child that tries them out died"
        )


def _receive(control: socket.socket) -> tuple[dict[str, Any], list[int]]:
    """One order and the descriptors that came with it; ends this process when the checker is gone."""
    descriptors = array.array("i")
    data, ancillary, _, _ = control.recvmsg(1 << 16, socket.CMSG_SPACE(4 * 4))
    for level, kind, content in ancillary:
        if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
            descriptors.frombytes(content[: len(content) - len(content) % descriptors.itemsize])
    while not data.endswith(b"\n"):
        part = control.recv(1 << 20)
        if not part or len(data) > _MAX_ORDER:
            os._exit(0)
        data += part
    order: dict[str, Any] = json.loads(data)
    return order, list(descriptors)


def _send(control: socket.socket, answer: Mapping[str, Any]) -> None:
    try:
        control.sendall(json.dumps(answer).encode() + b"\n")
    except OSError:
        os._exit(0)
