"""Starts the processes of checkers. Imports little, so that one can be begun before the course is read, while a command still loads.

What a checker is told, and what it answers, is for `checking`.
"""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from autograder import frames

_PACKAGE_PARENT = Path(__file__).resolve().parents[1]
_SECONDS_TO_END = 5
_LOG_TAIL = 4000
_KEPT_VARIABLES = (
    *("PATH", "HOME", "LANG", "LC_ALL", "SYSTEMROOT", "LD_LIBRARY_PATH", "VIRTUAL_ENV"),
    "AUTOGRADE_BUBBLEWRAP",
)
# -P and -s: neither the current folder nor the user's own packages can put a module of theirs in the place of ours.
_PYTHON = (sys.executable, "-P", "-s", "-B")


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def places(workers: int) -> list[int | None]:
    """A core for each worker, so that it and its children take turns without waking another; none where cores are few."""
    usable = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
    return list(usable[:workers]) if 1 < workers <= len(usable) else [None] * workers


class CheckerProcess:
    """A checker's process, the socket to it, and the file that takes its stderr. With *core* it stays on that core of the machine."""

    def __init__(self, *, unsafe: bool = False, core: int | None = None) -> None:
        flags = [*["unsafe"] * unsafe, *([] if core is None else [f"core={core}"])]
        self.taken = False
        ours, theirs = socket.socketpair()
        self._channel = ours
        self._log: IO[bytes] = tempfile.TemporaryFile()
        # For the checker to make and to remove: a command that is killed before there is one leaves nothing behind.
        self._folder = Path(tempfile.gettempdir(), f"autograde-{secrets.token_hex(8)}")
        with theirs:
            self._popen = subprocess.Popen(
                [*_PYTHON, "-m", "autograder.checker", str(theirs.fileno()), *flags],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._log,
                pass_fds=[theirs.fileno()],
                env=_environment(self._folder),
                start_new_session=True,  # Ctrl-C is for the command, which then ends its checkers
            )
        self.pid = self._popen.pid

    def send(self, message: Mapping[str, Any], seconds: float = _SECONDS_TO_END) -> None:
        """Sends *message*; raises Closed if nobody reads it within so many *seconds*."""
        self._channel.settimeout(seconds)
        try:
            frames.send(self._channel, message)
        except TimeoutError as error:
            raise frames.Closed("the checker does not read") from error

    def receive(self, seconds: float) -> dict[str, Any]:
        """What the checker says next; raises Closed if it is gone, TimeoutError after so many *seconds*."""
        # The limit is for the whole wait: the checker sends a frame at once when it has one.
        self._channel.settimeout(seconds)
        return frames.receive(self._channel)

    def give_up(self) -> None:
        """Asks the process to end, wherever it is, and to remove its folder; whoever waits for its word learns that it is gone."""
        self._popen.terminate()

    def end(self) -> str:
        """Closes the channel, on which the checker ends by itself; kills it if it does not. The end of its stderr."""
        self._channel.close()
        try:
            self._popen.wait(_SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            self._popen.kill()
            self._popen.wait()
        shutil.rmtree(self._folder, ignore_errors=True)  # a checker that was killed cannot
        with self._log:
            self._log.seek(max(0, self._log.seek(0, os.SEEK_END) - _LOG_TAIL))
            return self._log.read().decode("utf-8", "replace")


def _environment(folder: Path) -> dict[str, str]:
    """The variables a checker needs, with *folder* for its temporary files; none of pytest's or Python's settings of the
    person at the terminal."""
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    threads = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    kept["TMPDIR"] = str(folder)
    return {**kept, **threads, "PYTHONPATH": str(_PACKAGE_PARENT), "PYTHONHASHSEED": "0", "PYTHONUTF8": "1"}


@contextmanager
def begun(workers: int, *, unsafe: bool) -> Iterator[CheckerProcess]:
    """The process of the first of so many *workers*; ended here unless a `Checker` has `taken` it."""
    process = CheckerProcess(unsafe=unsafe, core=places(workers)[0])
    try:
        yield process
    finally:
        if not process.taken:
            process.give_up()
            process.end()
