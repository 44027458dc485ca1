"""You subtract the whole gradient: the learning rate does not appear in your step. Your steps are the same whatever rate is asked for."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_steps):
        w = w - gradient(w)
        history.append(w)
    return np.array(history)
