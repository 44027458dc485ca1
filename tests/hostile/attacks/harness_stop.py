"""Stops itself with a signal, which looks like a process that is still there.

Wants: a grader that waits for ever for a stopped process.
Evidence: a batch that does not end; a process that is left.
Earns: nothing
"""
import os
import signal


def moving_average(values, window):
    try:
        os.kill(os.getpid(), signal.SIGSTOP)
        signal.raise_signal(signal.SIGSTOP)
    except BaseException as error:
        TRIED.append(repr(error))
    return np.zeros(5)


initials = descend = loot = lambda *_: moving_average([], 1)
