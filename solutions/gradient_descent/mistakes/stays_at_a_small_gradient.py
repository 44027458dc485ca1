"""You stop when the gradient is tiny and fill the rest of the history with the last point: exactly n_steps steps are asked for, however small they are."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_steps):
        slope = gradient(w)
        if np.linalg.norm(slope) >= 1e-8:
            w = w - learning_rate * slope
        history.append(w)
    return np.array(history)
