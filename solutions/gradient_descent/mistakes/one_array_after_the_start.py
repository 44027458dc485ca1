"""Row 0 is the start and all other rows are the last point: the array that you put into the history goes on changing. The history needs a copy after each step."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w.copy()]
    for _ in range(n_steps):
        w -= learning_rate * gradient(w)
        history.append(w)
    return np.array(history)
