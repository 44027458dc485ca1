"""Runs a command and says what it printed, how it ended, and which processes it left behind.

`python hostile_supervisor.py SECONDS UID COMMAND...` prints one JSON object. Every process that the command leaves is
handed to this one by the kernel, so none can hide in another session; they are counted and then ended.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

SUBREAPER = 36
GRACE = 5.0


def main(seconds: float, user: int, command: list[str]) -> dict[str, Any]:
    """What became of *command*, run as *user* (0: as we are) for at most *seconds*."""
    if ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0):
        raise OSError("this process cannot be handed orphans")
    identity: dict[str, Any] = {"user": user, "group": user, "extra_groups": []} if user else {}
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=out, stderr=err, start_new_session=True, **identity
        )
        try:
            status: int | None = process.wait(seconds)
        except subprocess.TimeoutExpired:
            status = None
            process.kill()
            process.wait()
        left = _left_behind()
        return {"status": status, "out": _text(out), "err": _text(err), "left": left}


def _left_behind() -> list[str]:
    """The processes that are still there after a moment, by their command lines; they are ended."""
    deadline = time.monotonic() + GRACE
    while (children := _children()) and time.monotonic() < deadline:
        time.sleep(0.05)
    found = []
    while children:
        for pid in children:
            found.append(Path(f"/proc/{pid}/cmdline").read_bytes().decode("utf-8", "replace")[:200])
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        children = _children()
    return found


def _children() -> list[int]:
    """Our children that have not ended; those that have are reaped."""
    while True:
        try:
            if os.waitpid(-1, os.WNOHANG)[0] == 0:
                break
        except ChildProcessError:
            return []
    me = os.getpid()
    return [int(pid) for pid in Path(f"/proc/{me}/task/{me}/children").read_text(encoding="ascii").split()]


def _text(file: Any) -> str:
    file.seek(0)
    text: str = file.read(4_000_000).decode("utf-8", "replace")
    return text


if __name__ == "__main__":
    json.dump(main(float(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]), sys.stdout)
