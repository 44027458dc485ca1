"""You divide the gradient by its largest entry: use it as it is, so that steep places make large steps."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_steps):
        g = gradient(w)
        largest = np.max(np.abs(g))
        w = w - learning_rate * (g / largest if largest > 0 else g)
        history.append(w)
    return np.array(history)
