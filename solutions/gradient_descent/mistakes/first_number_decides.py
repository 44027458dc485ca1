"""The first number of the start decides of what kind all the others are: where it is whole and another one is not, what stands behind its decimal point is lost. Write `dtype=float`."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=type(start[0])).astype(float)
    history = [w]
    for _ in range(n_steps):
        w = w - learning_rate * gradient(w)
        history.append(w)
    return np.array(history)
