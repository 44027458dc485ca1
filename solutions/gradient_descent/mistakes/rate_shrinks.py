"""Your learning rate becomes smaller by the same part after every step. It must be the same in all steps."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_steps):
        w = w - learning_rate * gradient(w)
        learning_rate *= 0.99
        history.append(w)
    return np.array(history)
