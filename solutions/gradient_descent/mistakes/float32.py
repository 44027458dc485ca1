"""You calculate with float32, which keeps only seven digits: your points and their type are off. Use NumPy's normal decimal numbers."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=np.float32)
    history = [w]
    for _ in range(n_steps):
        w = (w - learning_rate * gradient(w)).astype(np.float32)
        history.append(w)
    return np.array(history, dtype=np.float32)
