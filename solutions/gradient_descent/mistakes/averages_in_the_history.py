"""You put averages of points into the history: the point itself belongs there."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_steps):
        w = w - learning_rate * gradient(w)
        history.append((history[-1] + w) / 2)
    return np.array(history)
