"""Starts one child by each of the calls that make one.

Wants: a process of its own beside the watched one.
Evidence: loot; a process that is left.
"""
import ctypes
import os


def child_of(fork):
    pid = must(fork())
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)
    return pid


attempt("fork", lambda: child_of(os.fork))
attempt("forkpty", lambda: child_of(lambda: os.forkpty()[0]))
attempt("libc fork", lambda: child_of(LIBC.fork))
area = (ctypes.c_uint64 * 11)(0, 0, 0, 0, 17, 0, 0, 0, 0, 0, 0)
attempt("clone3", lambda: child_of(lambda: syscall("clone3", ctypes.addressof(area), 88)))
