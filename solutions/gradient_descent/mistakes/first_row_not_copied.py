"""You put the start into the history without copying it and then change it in place: row 0 ends as the last point."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_steps):
        w -= learning_rate * gradient(w)
        history.append(w.copy())
    return np.array(history)
