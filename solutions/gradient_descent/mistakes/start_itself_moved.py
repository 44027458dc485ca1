"""Your parameters are the start itself: in-place steps move the caller's array, and a start of whole numbers or one that is read-only stops your code. Make a copy of decimal numbers first."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = start
    history = [np.array(w, dtype=float)]
    for _ in range(n_steps):
        w -= learning_rate * gradient(w)
        history.append(np.array(w, dtype=float))
    return np.array(history)
