"""You subtract a part of the parameters themselves: the gradient is never asked for."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_steps):
        w = w - learning_rate * w
        history.append(w)
    return np.array(history)
