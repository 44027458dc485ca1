"""A start of one number stops your code with an error: a function may have one parameter or many."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    if len(w) < 2:
        raise ValueError("start must have at least two parameters")
    history = [w]
    for _ in range(n_steps):
        w = w - learning_rate * gradient(w)
        history.append(w)
    return np.array(history)
