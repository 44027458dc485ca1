"""You walk uphill: the gradient points to where the loss grows, and you add it. The loss becomes larger with every step."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w.copy()]
    for _ in range(n_steps):
        w = w + learning_rate * gradient(w)
        history.append(w.copy())
    return np.array(history)
