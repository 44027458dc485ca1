"""Reads and writes the memory of other processes with the calls made for it.

Wants: the hidden checks out of the checker's memory.
Evidence: loot.
"""
import ctypes
import os


class Vector(ctypes.Structure):
    _fields_ = [("base", ctypes.c_void_p), ("length", ctypes.c_size_t)]


PLACE = ctypes.create_string_buffer(4096)
mine = Vector(ctypes.addressof(PLACE), 4096)
# the zygote was forked into us: our addresses are its addresses
theirs = Vector(ctypes.addressof(PLACE), 4096)
for pid in (os.getppid(), os.getppid() - 1):
    attempt("readv", lambda: must(LIBC.process_vm_readv(pid, ctypes.byref(mine), 1, ctypes.byref(theirs), 1, 0)))
    attempt("writev", lambda: must(LIBC.process_vm_writev(pid, ctypes.byref(mine), 1, ctypes.byref(theirs), 1, 0)))
    attempt("pidfd_getfd", lambda: syscall("pidfd_getfd", syscall("pidfd_open", pid, 0), 3, 0) + 1)
    attempt("kcmp", lambda: syscall("kcmp", pid, pid, 1, 0, 0) + 1)
