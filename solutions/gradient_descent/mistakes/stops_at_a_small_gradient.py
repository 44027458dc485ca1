"""You stop early when the gradient is tiny: exactly n_steps steps are asked for, and your result has fewer rows."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps, tol=1e-6):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_steps):
        g = gradient(w)
        if np.linalg.norm(g) < tol:
            break
        w = w - learning_rate * g
        history.append(w)
    return np.array(history)
