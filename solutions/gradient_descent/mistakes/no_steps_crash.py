"""Your code stops with an error when n_steps is 0: then the result is the start alone. A variable that is made inside the loop does not exist there."""

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
