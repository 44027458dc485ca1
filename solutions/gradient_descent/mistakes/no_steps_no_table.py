"""When n_steps is 0 you do not return a table: it must have one row, the start."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    if n_steps == 0:
        return w
    history = [w]
    for _ in range(n_steps):
        w = w - learning_rate * gradient(w)
        history.append(w)
    return np.array(history)
