"""Your last window is missing: there are n - window + 1 windows, not n - window"""

import numpy as np


def moving_average(values, window):
    values = np.array(values, dtype=float)
    return np.array([values[i : i + window].mean() for i in range(len(values) - window)], dtype=float)
