"""You multiply the parameters by the step: the step must be subtracted from them."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_steps):
        w = w * learning_rate * gradient(w)
        history.append(w)
    return np.array(history)
