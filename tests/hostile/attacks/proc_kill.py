"""Sends signals to everything that it can name.

Wants: the end of zygote, checker, command, neighbours.
Evidence: a batch that does not end; a check that is broken; a neighbour without full marks; loot.
Harmful: it kills whoever started it.
"""
import os
import signal

PARENT = os.getppid()
for number in (signal.SIGKILL, signal.SIGTERM, signal.SIGSTOP, signal.SIGINT, signal.SIGSEGV):
    for pid in (PARENT, *range(PARENT - 6, PARENT), *range(PARENT + 1, PARENT + 12), -1):
        if pid != os.getpid():
            attempt("kill", lambda: os.kill(pid, number) or "sent")
    attempt("group", lambda: os.killpg(os.getpgid(PARENT), number) or "sent")
for pid in (PARENT, PARENT - 1, PARENT - 2):
    attempt("pidfd", lambda: syscall("pidfd_open", pid, 0) + 1)
    attempt("tkill", lambda: syscall("tkill", pid, 9) + 1)
    attempt("tgkill", lambda: syscall("tgkill", pid, pid, 9) + 1)
TRIED[:] = sorted(set(TRIED))
