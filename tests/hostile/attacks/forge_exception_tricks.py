"""Raises exceptions whose text, class, notes and causes misbehave.

Wants: a harness that loops, dies or grows while it writes down what was raised.
Evidence: points; a check that is broken.
"""


class Endless(Exception):
    def __str__(self):
        while True:
            pass

    __repr__ = __str__


class Huge(Exception):
    def __str__(self):
        return "x" * 10**8


class Liar(Exception):
    @property
    def __class__(self):
        raise Endless

    args = property(lambda self: 1 / 0)
    __traceback__ = property(lambda self: 1 / 0)
    __notes__ = ["note"] * 10**6

    def __str__(self):
        raise Liar


def moving_average(values, window):
    raise Huge


def descend(*_):
    raise Liar


def initials(text):
    error = ValueError("round and round")
    error.__cause__ = error
    error.__context__ = error
    raise error


def loot_later():
    raise Endless
