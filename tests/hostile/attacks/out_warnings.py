"""Warns without end and logs without end.

Wants: a harness that keeps all of it.
Evidence: a check that is broken; a batch that does not end.
"""
import logging
import warnings

warnings.simplefilter("always")


def moving_average(values, window):
    for number in range(10**9):
        warnings.warn(f"warning {number} " + "x" * 1000)
        logging.warning("x" * 1000)
