"""Plain lists until the last line: a check that hands over arrays only must not assume array methods."""

import numpy as np


def moving_average(values, window):
    means = []
    for end in range(window, len(values) + 1):
        means.append(sum(values[end - window : end]) / window)
    return np.array(means, dtype=float)
