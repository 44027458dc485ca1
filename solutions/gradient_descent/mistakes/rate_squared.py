"""You multiply by a power of the learning rate, such as its square or root: the gradient is to be multiplied by the rate itself, once."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_steps):
        step = learning_rate * gradient(w)
        w = w - learning_rate * step
        history.append(w)
    return np.array(history)
