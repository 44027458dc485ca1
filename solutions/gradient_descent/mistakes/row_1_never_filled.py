"""Row 1 of your table is never filled and holds zeros, where the next step then begins: the loop over the rows starts one too late."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    history = np.zeros((n_steps + 1, len(start)))
    history[0] = start
    for k in range(2, n_steps + 1):
        history[k] = history[k - 1] - learning_rate * gradient(history[k - 1])
    return history
