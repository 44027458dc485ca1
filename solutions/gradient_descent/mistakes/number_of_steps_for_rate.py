"""You multiply the gradient by the number of steps: it must be multiplied by the learning rate."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_steps):
        w = w - n_steps * gradient(w)
        history.append(w)
    return np.array(history)
