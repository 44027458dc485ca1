"""Each point stands in two rows of your result, the start too, so that only half of the steps are there: one row for each step is asked for."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = []
    for _ in range(n_steps + 1):
        history += [w, w]
        w = w - learning_rate * gradient(w)
    return np.array(history[: n_steps + 1])
