"""Your code is written for two parameters: it takes the first two entries of the start and calls the gradient with these. It must work for any number."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    x, y = float(start[0]), float(start[1])
    history = [(x, y)]
    for _ in range(n_steps):
        slope = gradient(np.array([x, y]))
        x, y = x - learning_rate * slope[0], y - learning_rate * slope[1]
        history.append((x, y))
    return np.array(history)
