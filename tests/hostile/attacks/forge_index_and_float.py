"""Gives back objects whose `__index__`, `__float__`, `__len__` and `__iter__` misbehave.

Wants: a crash of whatever turns results into plain data.
Evidence: points; a check that is broken.
"""
import os


class Trap:
    def __index__(self):
        os._exit(0)

    __float__ = __complex__ = __len__ = __iter__ = __bool__ = __repr__ = __str__ = __format__ = __hash__ = __index__


def moving_average(values, window):
    return Trap()


def descend(*_):
    return np.array([Trap()], dtype=object)


def initials(text):
    return {"a": Trap()}
