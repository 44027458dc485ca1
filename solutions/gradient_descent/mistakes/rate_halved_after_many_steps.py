"""Your learning rate changes after some hundred steps: it must stay the same to the end of the run."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for k in range(1, n_steps + 1):
        w = w - learning_rate * gradient(w)
        history.append(w)
        if k % 200 == 0:
            learning_rate *= 0.5
    return np.array(history)
