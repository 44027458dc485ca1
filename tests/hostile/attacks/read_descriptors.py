"""Looks at every number that could be an open file.

Wants: something that was left open: a check, a database, a terminal, another student's channel.
Evidence: loot.
"""
import fcntl
import os
import stat

OPEN = []
CHANNELS = []
for number in range(2048):
    try:
        mode = os.fstat(number).st_mode
    except OSError:
        continue
    if stat.S_ISREG(mode) or stat.S_ISDIR(mode):
        OPEN.append(number)
        attempt(f"regular file {number}", lambda: os.pread(number, 4000, 0))
    if number < 3:
        attempt(f"terminal {number}", lambda: os.isatty(number))
        attempt(f"push keys {number}", lambda: fcntl.ioctl(number, 0x5412, b"x") or "pushed")
    if stat.S_ISSOCK(mode) or stat.S_ISFIFO(mode):
        CHANNELS.append(number)
attempt("more than one channel", lambda: len(CHANNELS) > 1)
attempt("regular files", lambda: OPEN)
