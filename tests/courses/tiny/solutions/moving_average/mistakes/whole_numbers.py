"""Your means lose what is behind the point: `//` rounds down"""

import numpy as np


def moving_average(values, window):
    values = np.array(values)
    whole = values.dtype.kind == "i"
    count = max(len(values) - window + 1, 0)
    sums = [values[i : i + window].sum() for i in range(count)]
    return np.array([total // window if whole else total / window for total in sums], dtype=float)
