"""Keeps the points as columns and turns the table at the end, so the result is a view in another memory order. Catches a check that reads the raw memory."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    table = np.zeros((len(w), n_steps + 1))
    table[:, 0] = w
    for k in range(1, n_steps + 1):
        w = w - learning_rate * gradient(w)
        table[:, k] = w
    return table.T
