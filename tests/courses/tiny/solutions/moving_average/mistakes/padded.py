"""Your result is as long as the series: only full windows count"""

import numpy as np


def moving_average(values, window):
    return np.convolve(np.array(values, dtype=float), np.ones(window) / window, mode="same")
