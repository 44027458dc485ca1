"""You turn the start into float32, which keeps only seven digits: your row 0 is not quite the start."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=np.float32)
    history = [w]
    for _ in range(n_steps):
        w = w - learning_rate * np.asarray(gradient(w), dtype=float)
        history.append(w)
    return np.array(history)
