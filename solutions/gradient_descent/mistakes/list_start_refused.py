"""A start that is a list or a tuple stops your code with an error: you use it as if it were an array. Make an array of it first."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = start.astype(float).copy()
    history = [w]
    for _ in range(n_steps):
        w = w - learning_rate * gradient(w)
        history.append(w)
    return np.array(history)
