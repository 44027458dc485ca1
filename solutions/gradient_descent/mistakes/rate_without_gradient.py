"""You subtract the learning rate itself: the gradient is missing in your step."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_steps):
        w = w - learning_rate
        history.append(w)
    return np.array(history)
