"""Plain Python numbers and lists, an array only for the gradient and at the end. Catches a check that forbids a loop over the parameters, or compares to the last bit."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = [float(value) for value in start]
    history = [w]
    for _ in range(n_steps):
        slope = gradient(np.array(w))
        w = [value - learning_rate * float(s) for value, s in zip(w, slope)]
        history.append(w)
    return np.array(history, dtype=float)
