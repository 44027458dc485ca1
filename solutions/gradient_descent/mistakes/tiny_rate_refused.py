"""You refuse learning rates that are very small with an error: any number may be asked for, and what is too small depends on the function."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    if not 1e-3 <= learning_rate:
        raise ValueError("the learning rate is too small")
    history = [w]
    for _ in range(n_steps):
        w = w - learning_rate * gradient(w)
        history.append(w)
    return np.array(history)
