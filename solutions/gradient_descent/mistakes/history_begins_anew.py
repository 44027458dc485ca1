"""Your history begins anew in every step, because the line that makes it stands inside the loop: only the last points are left."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    for _ in range(n_steps):
        history = [w]
        w = w - learning_rate * gradient(w)
        history.append(w)
    return np.array(history)
