"""You count the steps in decimal numbers, whose rounding sometimes gives one step too many: count with `range(n_steps)`."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in np.arange(0, n_steps * learning_rate, learning_rate):
        w = w - learning_rate * gradient(w)
        history.append(w)
    return np.array(history)
