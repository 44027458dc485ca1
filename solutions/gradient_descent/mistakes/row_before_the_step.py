"""You store each point before its step: the start comes twice, and the last point is missing though the number of rows is right."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w.copy()]
    for _ in range(n_steps):
        history.append(w.copy())
        w = w - learning_rate * gradient(w)
    return np.array(history)
