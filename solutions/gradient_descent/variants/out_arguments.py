"""Writes products and differences into arrays that exist already. Catches a check that takes reused work arrays for rows that are one array."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    step = np.empty_like(w)
    path = np.empty((n_steps + 1, w.shape[0]))
    path[0] = w
    for row in path[1:]:
        np.multiply(gradient(w), learning_rate, out=step)
        np.subtract(w, step, out=w)
        row[:] = w
    return path
