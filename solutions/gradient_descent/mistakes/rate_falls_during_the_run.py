"""Your learning rate becomes smaller and smaller during the run, by a schedule of your own: it must be the same in all steps."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for left in range(n_steps, 0, -1):
        w = w - learning_rate * left / n_steps * gradient(w)
        history.append(w)
    return np.array(history)
