"""Adds an audit hook that refuses whatever the harness does next.

Wants: a harness that breaks, so that somebody has to give the points by hand.
Evidence: a check that is broken; points.
Earns: nothing
"""
import sys


def refuse(event, arguments):
    raise RuntimeError("refused")


def moving_average(values, window):
    sys.addaudithook(refuse)
    return np.zeros(5)


initials = descend = loot = lambda *_: moving_average([], 1)
