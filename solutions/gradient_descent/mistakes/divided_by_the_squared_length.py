"""You divide the gradient by the square of its length: steep places get short steps and flat ones huge ones. The gradient is to be used as it is."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_steps):
        g = gradient(w)
        w = w - learning_rate * g / (g @ g + 1e-12)
        history.append(w)
    return np.array(history)
