"""Gives back arrays with 64 dimensions and lists of a million arrays.

Wants: a decoder that grows without end.
Evidence: a check that is broken.
"""


def moving_average(values, window):
    return np.zeros((1,) * 64)


def descend(*_):
    return [np.zeros(1)] * 1_000_000


def initials(text):
    return [[[]] * 1000] * 1000
