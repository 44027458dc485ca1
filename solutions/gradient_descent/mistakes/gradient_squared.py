"""You square the gradient: the sign is lost, so each parameter can only become smaller, and the size is wrong too."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_steps):
        w = w - learning_rate * gradient(w) ** 2
        history.append(w)
    return np.array(history)
