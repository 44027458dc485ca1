"""You stop early where the gradient is zero: exactly n_steps steps are asked for, also where they do not move the point."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_steps):
        g = gradient(w)
        if not np.any(g):
            break
        w = w - learning_rate * g
        history.append(w)
    return np.array(history)
