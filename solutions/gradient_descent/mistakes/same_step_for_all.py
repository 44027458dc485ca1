"""All your parameters move by the same amount: you turn the gradient into one number, its sum, before you use it."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_steps):
        slope = float(np.sum(gradient(w)))
        w = w - learning_rate * slope
        history.append(w)
    return np.array(history)
