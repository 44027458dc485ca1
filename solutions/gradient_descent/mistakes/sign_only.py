"""You use only the sign of the gradient: every parameter moves by the same amount, however steep it is there."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_steps):
        w = w - learning_rate * np.sign(gradient(w))
        history.append(w)
    return np.array(history)
