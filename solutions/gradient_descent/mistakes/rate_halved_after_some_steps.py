"""Your learning rate changes after some dozen steps: it must stay the same to the end of the run."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for k in range(n_steps):
        w = w - learning_rate * 0.5 ** (k // 50) * gradient(w)
        history.append(w)
    return np.array(history)
