"""Attaches to the processes above it as a debugger would.

Wants: to read and write the memory of zygote and checker.
Evidence: loot; a batch that does not end.
Harmful: a checker that is traced stands still.
"""
import os

SEIZE, ATTACH, TRACEME = 0x4206, 16, 0
for pid in (os.getppid(), os.getppid() - 1, os.getppid() - 2, 1):
    attempt("seize", lambda: must(LIBC.ptrace(SEIZE, pid, 0, 0)) + 1)
    attempt("attach", lambda: must(LIBC.ptrace(ATTACH, pid, 0, 0)) + 1)
attempt("traceme", lambda: must(LIBC.ptrace(TRACEME, 0, 0, 0)) + 1)
