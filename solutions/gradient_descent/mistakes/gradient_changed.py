"""You change the array that `gradient` gives back: it may belong to someone else. Where it is the array of your parameters itself, your step goes wrong."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_steps):
        g = gradient(w)
        g *= learning_rate
        w = w - g
        history.append(w)
    return np.array(history)
