"""You call `gradient` with a list: it must get an array of the parameters."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = [float(value) for value in start]
    history = [w]
    for _ in range(n_steps):
        slope = gradient(list(w))
        w = [value - learning_rate * float(part) for value, part in zip(w, slope, strict=True)]
        history.append(w)
    return np.array(history, dtype=float)
