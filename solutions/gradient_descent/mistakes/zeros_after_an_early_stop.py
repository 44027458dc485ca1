"""You stop early when the gradient is tiny, and the rows that you prepared for the other steps stay zero. All n_steps steps must be taken."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    path = np.zeros((n_steps + 1, len(start)))
    path[0] = start
    for k in range(n_steps):
        g = gradient(path[k])
        if np.linalg.norm(g) < 1e-6:
            break
        path[k + 1] = path[k] - learning_rate * g
    return path
