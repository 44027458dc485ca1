"""You refuse learning rates of 1 and more with an error: any number may be asked for, and what is too large depends on the function."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    if learning_rate >= 1:
        raise ValueError("the learning rate must be below 1")
    history = [w]
    for _ in range(n_steps):
        w = w - learning_rate * gradient(w)
        history.append(w)
    return np.array(history)
