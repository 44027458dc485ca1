"""You divide the gradient by the number of parameters: your steps are too short by that factor."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    n = len(w)
    history = [w]
    for _ in range(n_steps):
        w = w - learning_rate * gradient(w) / n
        history.append(w)
    return np.array(history)
