"""Ends the process with status 0 in the middle of a check.

Wants: a grader that takes a clean exit for success.
Evidence: points.
Earns: nothing
"""
import os
import sys


def moving_average(values, window):
    sys.exit(0)


def descend(*_):
    os._exit(0)


def initials(text):
    raise SystemExit(0)


def loot():
    os.abort()
