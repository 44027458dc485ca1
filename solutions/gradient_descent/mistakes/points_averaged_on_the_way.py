"""You go on from the average of all points so far: each step must begin at the point where the one before has ended."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    mean = w
    history = [w]
    for t in range(1, n_steps + 1):
        w = w - learning_rate * gradient(w)
        mean = mean + (w - mean) / (t + 1)
        w = mean
        history.append(w)
    return np.array(history)
