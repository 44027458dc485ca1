"""Spends its time in one call of C code that no signal handler interrupts.

Wants: a limit that waits for the next line of Python.
Evidence: a batch that does not end.
"""
import re


def moving_average(values, window):
    return re.match(r"(a+)+$", "a" * 40 + "b")


def descend(*_):
    return sum(range(10**15))


def initials(text):
    return pow(7, 10**9)
