"""Leaves objects behind whose `__del__` loops, raises, and comes back to life.

Wants: a child that never ends, or a verdict that is written from the grave.
Evidence: a batch that does not end; a process that is left.
"""
import gc
import sys
import weakref

ALIVE = []


class Ghost:
    def __del__(self):
        ALIVE.append(self)
        Ghost()
        if len(ALIVE) > 1000:
            while True:
                pass


for _ in range(10):
    ghost = Ghost()
    ghost.ring = ghost
    weakref.finalize(ghost, sys.exit, 1)
    del ghost
gc.collect()


def moving_average(values, window):
    Ghost()
    gc.collect()
    return np.zeros(5)
