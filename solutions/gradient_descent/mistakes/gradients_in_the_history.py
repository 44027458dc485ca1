"""Your history holds gradients instead of points: after the start each row is the gradient of a step, not where the step led to."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w.copy()]
    for _ in range(n_steps):
        g = gradient(w)
        w = w - learning_rate * g
        history.append(np.array(g))
    return np.array(history)
