"""You multiply the gradient by the number of parameters: your steps are too long by that factor."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_steps):
        w = w - learning_rate * len(w) * gradient(w)
        history.append(w)
    return np.array(history)
