"""You take the first two numbers of the start only: a function may have one parameter or many, and all of them belong to the point."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    x, y = float(start[0]), float(start[1])
    history = [[x, y]]
    for _ in range(n_steps):
        g = gradient(np.array([x, y]))
        x, y = x - learning_rate * g[0], y - learning_rate * g[1]
        history.append([x, y])
    return np.array(history)
