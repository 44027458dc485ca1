"""Collects the points in a deque of arrays that the gradient is given as copies. Catches a check that wants lists, or the very same array in two calls."""

from collections import deque

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    trail = deque([np.array(start, dtype=float)])
    for _ in range(n_steps):
        here = trail[-1]
        trail.append(here - learning_rate * np.array(gradient(here.copy())))
    return np.concatenate([point[None, :] for point in trail], axis=0)
