"""Computes while it is read and ends its process in every call, so that it is read again and again.

Wants: to have its limits anew with each process.
Evidence: a batch that does not end.
Earns: test_loot
"""
import os
import time


class Definition:
    until = time.process_time() + 0.8
    while time.process_time() < until:
        pass


def moving_average(*_):
    os._exit(0)


initials = descend = loot = moving_average
