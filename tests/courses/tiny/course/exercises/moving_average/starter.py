import numpy as np


def moving_average(values, window):
    """Return the mean of every full window of `window` neighbouring values.

    values   a list or an array of n numbers; it must stay unchanged
    window   an int >= 1

    Returns a float64 array of shape (n - window + 1,), or an empty one if no full window fits.
    """
    # Part 1: copy the values into an array of decimal numbers.
    # Part 2: slide the window over it and take the mean in each place.
    # Part 3: return the means as an array.
    raise NotImplementedError("moving_average: write parts 1 to 3")
