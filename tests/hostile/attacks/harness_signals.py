"""Ignores every signal that could stop it, and runs for ever.

Wants: a child that cannot be ended.
Evidence: a batch that does not end; a process that is left.
"""
import signal

for number in range(1, signal.NSIG):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
try:
    signal.pthread_sigmask(signal.SIG_BLOCK, range(1, signal.NSIG))
except OSError:
    pass


def moving_average(values, window):
    while True:
        pass
