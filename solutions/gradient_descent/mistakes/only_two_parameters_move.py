"""You move the first two parameters only: a function may have one parameter or many, and all of them move."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_steps):
        g = gradient(w)
        w = w.copy()
        w[:2] -= learning_rate * g[:2]
        history.append(w)
    return np.array(history)
