"""Gives back lists in lists in lists, and a list that holds itself.

Wants: a recursion error on our side.
Evidence: a check that is broken.
"""


def nested(depth):
    value = []
    for _ in range(depth):
        value = [value]
    return value


def moving_average(values, window):
    return nested(100_000)


def descend(*_):
    ring = []
    ring.append(ring)
    return ring


def initials(text):
    return {"a": {"a": (nested(900),)}}
