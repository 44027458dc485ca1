"""Gives back generators, ranges and sequences that say one length and have another.

Wants: a grader that turns them into a list.
Evidence: a batch that does not end; a check that is broken.
"""
import itertools


class Liar(list):
    def __len__(self):
        return 5

    def __iter__(self):
        return itertools.count()


def moving_average(values, window):
    return itertools.count()


def descend(*_):
    return Liar([1.0] * 3)


def initials(text):
    return range(10**18)
