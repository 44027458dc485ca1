"""A start of whole numbers stops your code with an error: your array keeps the kind of numbers of the start, and whole numbers cannot hold a fraction of a step."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start)
    history = [w.copy()]
    for _ in range(n_steps):
        w -= learning_rate * gradient(w)
        history.append(w.copy())
    return np.array(history)
