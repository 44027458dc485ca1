"""You take two steps in each turn of the loop and keep both points: exactly n_steps steps are asked for."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_steps):
        for _ in range(2):
            w = w - learning_rate * gradient(w)
            history.append(w)
    return np.array(history)
