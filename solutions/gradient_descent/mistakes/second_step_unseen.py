"""You take two steps for each row of the result: one is stored, the next one is not. Every step must leave a row."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_steps):
        w = w - learning_rate * gradient(w)
        history.append(w)
        w = w - learning_rate * gradient(w)
    return np.array(history)
