"""Gives back functions, modules, types, frames and the served function itself.

Wants: something with behaviour on our side.
Evidence: points; a check that is broken.
"""
import sys


def moving_average(values, window):
    return sys._getframe()


def descend(gradient, *_):
    return [gradient, gradient]


def initials(text):
    return (sys, type, initials, ..., NotImplemented, memoryview(b"abc"), slice(1, 2))
