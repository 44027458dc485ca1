"""Gives back objects whose `__array_interface__` points at memory that is not theirs.

Wants: other people's bytes in an array, or a crash of the grader.
Evidence: points; a check that is broken.
"""


class Window:
    __array_interface__ = {"shape": (5,), "typestr": "<f8", "data": (id(object) & ~7, True), "version": 3}


class Nowhere:
    __array_interface__ = {"shape": (5,), "typestr": "<f8", "data": (8, True), "version": 3}


def moving_average(values, window):
    return Window()


def descend(*_):
    return Nowhere()
