"""Announces a large frame on its channel and sends it one byte at a time, for ever.

Wants: a grader whose patience begins anew with each byte.
Evidence: a batch that does not end.
Earns: nothing
"""
import os
import struct
import time

HEADS = [struct.pack("<IIIHBx", 100, 30_000_000, number, 0, 13) for number in range(1, 40)]


def moving_average(values, window):
    for head in HEADS[:1]:
        os.write(3, head)
    while True:
        os.write(3, b"\0")
        time.sleep(0.02)


initials = descend = loot = lambda *_: moving_average([], 1)
