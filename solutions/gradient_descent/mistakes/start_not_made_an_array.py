"""You never turn the start into an array of decimal numbers: where it is a list, `gradient` is called with that list, and whole numbers stay whole."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = start
    history = [w]
    for _ in range(n_steps):
        w = w - learning_rate * gradient(w)
        history.append(w)
    return np.array(history)
