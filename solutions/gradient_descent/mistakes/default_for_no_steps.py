"""You take `n_steps = 0` for no number at all, because 0 counts as false, and put another number in its place: no steps are asked for, and the result is the start alone."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_steps or 50):
        w = w - learning_rate * gradient(w)
        history.append(w)
    return np.array(history)
