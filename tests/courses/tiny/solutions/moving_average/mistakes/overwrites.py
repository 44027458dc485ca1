"""You write the means into the array of the caller: work on a copy"""

import numpy as np


def moving_average(values, window):
    values = np.asarray(values, dtype=float)
    count = max(len(values) - window + 1, 0)
    for i in range(count):
        values[i] = values[i : i + window].mean()
    return values[:count]
