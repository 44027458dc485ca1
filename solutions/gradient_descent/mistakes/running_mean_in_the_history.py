"""You put the mean of all points so far into the history: the point itself belongs there."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history, points = [w], [w]
    for _ in range(n_steps):
        w = w - learning_rate * gradient(w)
        points.append(w)
        history.append(np.mean(points, axis=0))
    return np.array(history)
