"""You change the array that `gradient` gives back. Where that is always the same array, as on a slope, all later steps go wrong: it is not yours."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_steps):
        g = gradient(w.copy())
        g *= learning_rate
        w = w - g
        history.append(w)
    return np.array(history)
