"""You stop early when a step hardly moves the point: exactly n_steps steps are asked for, and your result has fewer rows."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    tolerance = 1e-08
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_steps):
        diff = -learning_rate * gradient(w)
        if np.all(np.abs(diff) <= tolerance):
            break
        w = w + diff
        history.append(w)
    return np.array(history)
