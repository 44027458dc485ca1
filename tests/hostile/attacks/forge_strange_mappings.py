"""Gives back dicts with keys that cannot be keys elsewhere, and mappings that never end.

Wants: an encoder or decoder that trips.
Evidence: a check that is broken.
"""
import collections.abc


class Endless(collections.abc.Mapping):
    def __getitem__(self, key):
        return key

    def __len__(self):
        return 2**62

    def __iter__(self):
        n = 0
        while True:
            yield n
            n += 1


class Sly(dict):
    def items(self):
        return iter([("taken", ""), ("tried", "")] * 10**9)

    keys = __iter__ = items


def moving_average(values, window):
    return Endless()


def descend(*_):
    return Sly(a=1)


def initials(text):
    return {float("nan"): 1, float("nan"): 2, (1, 2): 3, frozenset([1]): 4, None: 5, True: 6, 1.0: 7, b"": 8}
