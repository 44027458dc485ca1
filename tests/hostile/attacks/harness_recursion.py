"""Recurses without end, at import's end and in every function.

Wants: a crash of the interpreter that takes the grader with it.
Evidence: a check that is broken; a batch that does not end.
"""
import sys


def moving_average(values, window):
    return moving_average(values, window)


def descend(gradient, *_):
    sys.setrecursionlimit(2**31 - 1)
    deep = lambda n: [deep(n + 1)]
    return deep(0)


def initials(text):
    value = ()
    for _ in range(10**6):
        value = (value,)
    return hash(value)
