"""Differences of running sums: a check that compares floats exactly would refuse it."""

import numpy as np


def moving_average(values, window):
    sums = np.concatenate([[0.0], np.cumsum(values)])
    if window >= len(sums):
        return np.array([])
    return (sums[window:] - sums[:-window]) / window
