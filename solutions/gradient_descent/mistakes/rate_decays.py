"""Your learning rate decays: you divide it by a number that grows with the steps. It must be the same in all steps."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for step in range(n_steps):
        w = w - learning_rate / (1 + 0.1 * step) * gradient(w)
        history.append(w)
    return np.array(history)
