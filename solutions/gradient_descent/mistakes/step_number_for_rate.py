"""You multiply the gradient by the number of the present step: it must be multiplied by the learning rate."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for k in range(n_steps):
        w = w - k * gradient(w)
        history.append(w)
    return np.array(history)
