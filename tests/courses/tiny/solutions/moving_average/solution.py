"""Slides the window with a loop."""

import numpy as np


def moving_average(values, window):
    values = np.array(values, dtype=float)
    count = max(len(values) - window + 1, 0)
    return np.array([values[i : i + window].mean() for i in range(count)], dtype=float)
