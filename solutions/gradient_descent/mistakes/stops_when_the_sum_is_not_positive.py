"""You stop when the sum of the gradient's entries is small or negative: that says nothing about the slope. No early stop is asked for."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_steps):
        slope = gradient(w)
        if np.sum(slope) < 1e-8:
            break
        w = w - learning_rate * slope
        history.append(w)
    return np.array(history)
