"""A start of whole numbers stays whole when no step is taken: the result must be decimal numbers then too, so write `dtype=float`."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start)
    history = [w]
    for _ in range(n_steps):
        w = w - learning_rate * gradient(w)
        history.append(w)
    return np.array(history)
