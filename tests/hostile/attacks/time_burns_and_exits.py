"""Computes for most of its time and then ends its process, again and again.

Wants: to have its limits anew with each process.
Evidence: a batch that does not end.
Earns: nothing
"""
import os
import time


def moving_average(values, window):
    until = time.process_time() + 0.8
    while time.process_time() < until:
        pass
    os._exit(0)


initials = descend = loot = moving_average
