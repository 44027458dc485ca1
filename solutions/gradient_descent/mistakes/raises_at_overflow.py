"""You raise an error when a number has become inf or nan: a diverging run is a result too, and must be returned."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_steps):
        w = w - learning_rate * gradient(w)
        if not np.isfinite(w).all():
            raise ValueError("gradient descent diverged, use a smaller learning rate")
        history.append(w)
    return np.array(history)
