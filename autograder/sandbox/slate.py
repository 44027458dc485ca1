"""Memory that a checker and one child both see, so that what became of a lent array is looked up and not asked for."""

from __future__ import annotations

import fcntl
import mmap
import os
import resource
import sys
import tempfile

import numpy as np

SIZE = 1 << 20
"""Bytes for all arrays that are lent to one child; a page takes memory only once it is written to."""

_ALIGNED = 64
_SEALS = fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SEAL if sys.platform == "linux" else 0
"""Without them the child could cut the memory off under the checker's hands, which would end the checker."""


def _largest() -> int:
    """SIZE, or what `ulimit -f` leaves of it: memory counts as a file there."""
    most = resource.getrlimit(resource.RLIMIT_FSIZE)[0]
    return SIZE if most == resource.RLIM_INFINITY else min(SIZE, most)


class Slate:
    """The memory, from its making to `close`; raises OSError if there is none. `descriptor` is what the child maps, `used` how
    many bytes of it are taken."""

    def __init__(self) -> None:
        if sys.platform == "linux":
            self.descriptor = os.memfd_create("slate", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
        else:
            with tempfile.TemporaryFile() as file:
                self.descriptor = os.dup(file.fileno())
        self._memory: mmap.mmap | None = None
        self._size = _largest()
        self.used = 0
        try:
            os.ftruncate(self.descriptor, self._size)
            if sys.platform == "linux":
                fcntl.fcntl(self.descriptor, fcntl.F_ADD_SEALS, _SEALS)
        except OSError:
            self.close()
            raise

    def put(self, array: np.ndarray) -> int:
        """Writes *array* where nothing lies yet and gives its place; raises ValueError if there is no room left."""
        start = self.used
        if start + array.nbytes > self._size:
            raise ValueError(f"more than {self._size:,} bytes of arrays are lent to one submission")
        self.used = start + -(-array.nbytes // _ALIGNED) * _ALIGNED
        self._mapped()[start : start + array.nbytes] = array.tobytes()
        return start

    def read(self, start: int, size: int) -> bytes:
        """A copy of the *size* bytes that stand now at *start*."""
        return self._mapped()[start : start + size]

    def close(self) -> None:
        """Gives it back, as far as this process goes."""
        if self._memory is not None:
            self._memory.close()
        if self.descriptor >= 0:
            os.close(self.descriptor)
            self.descriptor = -1

    def _mapped(self) -> mmap.mmap:
        if self._memory is None:
            self._memory = mmap.mmap(self.descriptor, self._size)
        return self._memory
