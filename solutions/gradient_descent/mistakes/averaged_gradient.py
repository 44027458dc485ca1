"""You average the gradient with the earlier ones: your first steps are far too short, and later ones still point where the slope was before."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    avg = np.zeros_like(w)
    history = [w.copy()]
    for _ in range(n_steps):
        avg = 0.9 * avg + 0.1 * gradient(w)
        w = w - learning_rate * avg
        history.append(w.copy())
    return np.array(history)
