"""Your loop ends after its first step, because of a `return` or `break` that is indented too far: the rows of all later steps stay empty."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    path = np.zeros((n_steps + 1, len(start)))
    path[0] = start
    for k in range(n_steps):
        path[k + 1] = path[k] - learning_rate * gradient(path[k])
        return path
    return path
