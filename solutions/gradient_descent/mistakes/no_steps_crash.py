"""Your code stops with an error when n_steps is 0: it uses a variable after the loop that only exists if the loop has run."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_steps):
        g = gradient(w)
        w = w - learning_rate * g
        history.append(w)
    print("last gradient:", g)
    return np.array(history)
