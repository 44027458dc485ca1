"""You always begin at zero: the start that the caller gives is used for its length only."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.zeros(len(start))
    history = [w]
    for _ in range(n_steps):
        w = w - learning_rate * gradient(w)
        history.append(w)
    return np.array(history)
