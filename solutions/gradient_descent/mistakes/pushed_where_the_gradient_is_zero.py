"""Where the gradient is zero you push the point on, by chance or by a fixed number: a step is learning_rate times the gradient, so there it must stay where it is."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_steps):
        g = gradient(w)
        if not np.any(g):
            g = np.random.normal(0, 1e-2, size=len(w))
        w = w - learning_rate * g
        history.append(w)
    return np.array(history)
