"""How a checker's process ends, and the folder for temporary files that ends with it.

A checker makes this folder and removes it, also when nobody waits for it any more or its command is gone: a command that was killed
can remove nothing.
"""

from __future__ import annotations

import os
import select
import shutil
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_SECONDS_TO_END = 1.0
_TIMES_TO_CLEAR = 10


@contextmanager
def own_folder(descriptor: int) -> Iterator[None]:
    """Makes the folder that TMPDIR names, for as long as this lasts. The process ends earlier if it is asked to, or if nobody holds
    the other end of the socket *descriptor* any more. Raises FileExistsError."""
    folder = Path(os.environ["TMPDIR"])  # asked for once: a check may change its environment
    signal.signal(signal.SIGTERM, lambda *_: _end(folder))
    folder.mkdir(mode=0o700)
    threading.Thread(target=end_with_command, args=(descriptor, folder), daemon=True).start()
    try:
        yield
    finally:
        _clear(folder)


def end_with_command(descriptor: int, folder: Path) -> None:
    """Ends this process, and with it its children, as soon as the command that started it is gone, even if it was killed."""
    hang_up = select.poll()
    hang_up.register(descriptor, 0)
    hang_up.poll()
    time.sleep(_SECONDS_TO_END)  # where nothing runs, the main thread ends by itself
    _end(folder)


def _end(folder: Path) -> None:
    """Ends this process, wherever it is, and leaves no *folder* behind."""
    _clear(folder)
    os._exit(0)


def _clear(folder: Path) -> None:
    """Removes *folder*; more than once, because the other thread may put something into a folder that has just been emptied."""
    for _ in range(_TIMES_TO_CLEAR):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
