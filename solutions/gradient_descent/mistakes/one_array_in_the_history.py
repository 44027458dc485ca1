"""All rows of your result are the last point: you put one and the same array into the history again and again, and it goes on changing. The history needs copies."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_steps):
        w -= learning_rate * gradient(w)
        history.append(w)
    return np.array(history)
