"""Takes memory in the ways that limits sometimes forget: shared mappings, memfd, locked pages.

Wants: more than it was given.
Evidence: loot; a check that is broken.
Harmful: it takes gigabytes.
"""
import mmap
import os

SIZE = 3 * 2**30


def _fill(area):
    area[:: 4096] = b"x" * (len(area) // 4096)
    return "filled"


def memfd():
    descriptor = os.memfd_create("hostile")
    for _ in range(3 * 1024):
        os.write(descriptor, b"x" * 2**20)
    return "3 GiB"


attempt("shared", lambda: _fill(mmap.mmap(-1, SIZE, flags=mmap.MAP_SHARED | mmap.MAP_ANONYMOUS)))
attempt("private", lambda: _fill(mmap.mmap(-1, SIZE, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)))
attempt("memfd", memfd)
attempt("locked", lambda: must(LIBC.mlockall(3)) + 1)
attempt("pipes", lambda: [os.pipe() for _ in range(10_000)])
