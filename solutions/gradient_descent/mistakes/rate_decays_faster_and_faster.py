"""You make the learning rate smaller in every step and keep the smaller one, by more each time. It must be the same in all steps."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for step in range(n_steps):
        w = w - learning_rate * gradient(w)
        history.append(w)
        learning_rate = learning_rate / (1 + 0.01 * step)
    return np.array(history)
