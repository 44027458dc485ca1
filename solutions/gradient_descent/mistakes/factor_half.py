"""Your steps are too short by a fixed factor, such as one half: the gradient is to be multiplied by the learning rate and by nothing else."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_steps):
        w = w - 0.5 * learning_rate * gradient(w)
        history.append(w)
    return np.array(history)
