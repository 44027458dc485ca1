"""Your learning rate is always 0.1: a number of your own stands where the caller's learning rate belongs. With any other rate your steps have the wrong length."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    learning_rate = 0.1
    x = np.array(start, dtype=float)
    path = [x]
    for i in range(n_steps):
        x = x - learning_rate * gradient(x)
        path.append(x)
    return np.array(path)
