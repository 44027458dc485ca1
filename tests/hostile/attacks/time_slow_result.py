"""Gives back objects that are slow to look at.

Wants: a limit that ends when the function comes back.
Evidence: a batch that does not end.
"""
import time


class Slow(list):
    def __iter__(self):
        while True:
            yield 1.0


class SlowArray:
    def __array__(self, *_, **__):
        while True:
            pass


def moving_average(values, window):
    return Slow()


def descend(*_):
    return SlowArray()


def initials(text):
    raise type("Slow", (Exception,), {"__str__": lambda self: time.sleep(3600)})
