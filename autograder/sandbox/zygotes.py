"""Starts zygotes and has them fork children; knows nothing of what runs in those.

A zygote is a new program with an environment that we wrote, inside bubblewrap where that works. It is started once per
checker (a second, heavy one where an exercise needs scikit-learn) and replaced when it dies.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from autograder.errors import SandboxError
from autograder.sandbox.channel import Broken, Channel, Gone, Late

_PACKAGE = Path(__file__).resolve().parents[1]
_SECONDS_TO_START = 120.0
_SECONDS_TO_ANSWER = 60.0
_MAX_ANSWER = 1 << 20
_BOOTSTRAP = (
    "import sys; ours = sys.argv.pop(1); sys.path += sys.argv[1:]; sys.path.insert(0, ours); "
    "from child import zygote; sys.path.remove(ours); zygote.main()"
)
_ENVIRONMENT = {
    "LANG": "C.UTF-8",
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
}
_PASSED_ON = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE", "SYSTEMROOT", "LD_LIBRARY_PATH")
"""What decides which kernels compute, so that the child computes as the checker does."""


@dataclass(frozen=True)
class Plan:
    """How to start a zygote. `off` leaves the walls out; `wrap` is the command line of bubblewrap, empty without it."""

    room: Path
    problems: str | None
    heavy: bool
    off: bool
    wrap: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ended:
    """How a child ended: `killed` by us, or by itself with `code` (negative: a signal)."""

    killed: bool
    code: int


class Zygote:
    """One running zygote."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._log: IO[bytes] = tempfile.TemporaryFile()
        self._control, theirs = socket.socketpair()
        self._control.settimeout(_SECONDS_TO_START)
        with theirs:
            self._process = subprocess.Popen(
                [*plan.wrap, *_command()],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=self._log,
                env=_environment(),
                cwd=plan.room,
                start_new_session=True,
            )
        self._ready = False
        parent = 0 if plan.wrap else os.getpid()
        setup = {"heavy": plan.heavy, "off": plan.off, "readable": [str(plan.room)], "parent": parent}
        with suppress(OSError):
            self._control.sendall(_line({**setup, "problems": plan.problems}))

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def wait_until_ready(self) -> None:
        """Waits for its first word; raises SandboxError if it cannot be used, with the reason."""
        if self._ready:
            return
        hello = self._hear()
        if "error" in hello:
            raise SandboxError(f"the sandbox cannot be prepared: {hello['error']}", _HINT)
        if hello["leak"]:
            raise SandboxError(f"the sandbox does not hold on this machine: {hello['leak']}", _HINT)
        self._control.settimeout(_SECONDS_TO_ANSWER)
        self._ready = True

    def open(self, *, memory: int, seconds: float, output: int) -> tuple[int, Channel]:
        """A new child in its walls, ready for its first request; raises SandboxError."""
        self.wait_until_ready()
        try:
            ours, theirs = socket.socketpair()
            # before the child can greet: else the kernel does not say with the greeting who that was
            channel = Channel(ours)
        except OSError as error:
            raise SandboxError("no channel to a new process could be made", str(error)) from error
        order = {"do": "open", "memory": memory, "seconds": seconds, "output": output}
        try:
            with theirs:
                child = self._begin(order, [theirs.fileno(), channel.slate.descriptor])
            try:
                channel.greet(time.monotonic() + _SECONDS_TO_ANSWER)
            except (Gone, Late, Broken) as error:
                ended = self.end(child)
                raise SandboxError(f"a child could not be walled in ({ended.code})", _HINT) from error
        except BaseException:
            channel.close()
            raise
        return child, channel

    def _begin(self, order: Mapping[str, Any], descriptors: Sequence[int]) -> int:
        try:
            socket.send_fds(self._control, [_line(order)], list(descriptors))
        except OSError as error:
            raise SandboxError("the sandbox's zygote is gone", str(error)) from error
        answer = self._hear()
        if "child" not in answer:
            raise SandboxError(f"no process could be started: {answer.get('error')}")
        child: int = answer["child"]
        return child

    def end(self, child: int) -> Ended:
        """Ends a child, if it has not ended by itself, and says how; it is gone when this returns."""
        try:
            self._control.sendall(_line({"do": "end", "child": child}))
            answer = self._hear()
        except OSError as error:
            raise SandboxError("the sandbox's zygote is gone", str(error)) from error
        return Ended(answer.get("killed", True), answer.get("code", 0))

    def close(self) -> None:
        """Ends the zygote; the kernel ends its children with it."""
        self._control.close()
        try:
            self._process.wait(0.5 if self._ready else 0.01)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._log.close()

    def _hear(self) -> dict[str, Any]:
        data = b""
        while not data.endswith(b"\n"):
            try:
                part = self._control.recv(1 << 16)
            except OSError as error:
                raise SandboxError("the sandbox's zygote does not answer", str(error)) from error
            if not part or len(data) > _MAX_ANSWER:
                raise SandboxError("the sandbox's zygote ended", self._last_words())
            data += part
        answer: dict[str, Any] = json.loads(data)
        return answer

    def _last_words(self) -> str:
        self._log.seek(max(0, self._log.seek(0, os.SEEK_END) - 2000))
        return self._log.read().decode("utf-8", "replace").strip()


_HINT = "`autograde doctor` says what this machine can do"


def _line(order: Mapping[str, Any]) -> bytes:
    return json.dumps(order).encode() + b"\n"


def _command() -> Sequence[str]:
    """Python without site, user packages and the current folder; the folders of packages are named."""
    folders = [folder for folder in sys.path if folder.endswith(("site-packages", "dist-packages"))]
    flags = ("-S", "-s", "-P", "-B")
    # The control channel comes in as stdin, which every wrapper passes on, and is moved to where the zygote expects it.
    code = (
        f"import os; os.dup2(0, 3); os.dup2(os.open(os.devnull, os.O_RDWR), 0); os.dup2(0, 1); {_BOOTSTRAP}"
    )
    return [sys.executable, *flags, "-c", code, str(_PACKAGE), *folders]


def _environment() -> dict[str, str]:
    return {**_ENVIRONMENT, **{name: os.environ[name] for name in _PASSED_ON if name in os.environ}}
