import numpy as np


def moving_average(values, window):
    """Return the means of all full windows as a float64 array."""
    raise NotImplementedError("moving_average: write it")


def descend(gradient, start, learning_rate, n_steps):
    """Return every point of a gradient descent, row 0 is the start."""
    raise NotImplementedError("descend: write it")


def initials(text):
    """Return the first letters of the words of `text`."""
    raise NotImplementedError("initials: write it")


def loot():
    """Return what was taken and what was tried: nothing."""
    raise NotImplementedError("loot: write it")
