"""You set parameters to zero that have come close to it (soft thresholding, as for the lasso): only the gradient may move them."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_steps):
        w = w - learning_rate * gradient(w)
        w = np.sign(w) * np.maximum(np.abs(w) - 0.01 * learning_rate, 0)
        history.append(w)
    return np.array(history)
