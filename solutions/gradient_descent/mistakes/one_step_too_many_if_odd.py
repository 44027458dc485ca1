"""You take two steps in each turn of the loop: where n_steps is odd, there is one too many."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    history = [np.array(start, dtype=float)]
    while len(history) <= n_steps:
        for _ in range(2):
            history.append(history[-1] - learning_rate * gradient(history[-1]))
    return np.array(history)
