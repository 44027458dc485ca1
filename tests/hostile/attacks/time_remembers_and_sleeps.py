"""Answers its first call in two ways, so that each check is tried in a fresh process, and sleeps in all of them.

Wants: to have its limits anew with each process.
Evidence: a batch that does not end; a check that is broken.
"""
import time

CALLS = [0]


def moving_average(values, window):
    CALLS[0] += 1
    if CALLS[0] > 2:
        time.sleep(10**6)
    return np.full(5, float(CALLS[0]))


def descend(*_):
    time.sleep(10**6)


def initials(text):
    time.sleep(10**6)
