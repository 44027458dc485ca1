"""Your learning rate is always the same: a number of your own stands where the caller's learning rate belongs. With any other rate your steps have the wrong length."""

import numpy as np

LEARNING_RATE = 0.01


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    weights = [w.copy()]
    for _ in range(n_steps):
        w = w - LEARNING_RATE * gradient(w)
        weights.append(w.copy())
    return np.array(weights)
