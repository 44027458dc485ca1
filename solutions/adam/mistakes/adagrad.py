"""You add up all squares without forgetting, and have no first moment: that is Adagrad."""

import numpy as np


def adam(gradient, start, learning_rate=0.001, n_steps=1000, beta1=0.9, beta2=0.999, epsilon=1e-8):
    w = np.array(start, dtype=float)
    squares = np.zeros_like(w)
    history = [w]
    for _ in range(n_steps):
        g = gradient(w)
        squares = squares + g**2
        w = w - learning_rate * g / (np.sqrt(squares) + epsilon)
        history.append(w)
    return np.array(history)
