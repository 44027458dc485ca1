"""Only your first parameter moves: each of them needs its own entry of the gradient."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w.copy()]
    for _ in range(n_steps):
        w[0] = w[0] - learning_rate * gradient(w)[0]
        history.append(w.copy())
    return np.array(history)
