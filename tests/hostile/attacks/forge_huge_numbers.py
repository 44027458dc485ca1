"""Gives back whole numbers with a million digits.

Wants: a grader that prints them, which takes for ever.
Evidence: a check that is broken; a batch that does not end.
"""


def moving_average(values, window):
    return 1 << 4_000_000


def descend(*_):
    return [[1 << 100_000] * 2] * 5


def initials(text):
    return {1 << 1_000_000: 1}
