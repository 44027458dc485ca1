"""You never go on to the new point: every step begins at the start again, so that all rows after it are the same. Put the new point back into w."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_steps):
        new = w - learning_rate * gradient(w)
        history.append(new)
    return np.array(history)
