"""You leave rows out, or stop, where a step does not change the point: each of the n_steps steps gets a row of its own, also where nothing moves."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_steps):
        w = w - learning_rate * gradient(w)
        if not np.array_equal(w, history[-1]):
            history.append(w)
    return np.array(history)
