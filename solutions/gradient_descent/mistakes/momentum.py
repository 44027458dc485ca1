"""Your steps carry the earlier ones along: that is momentum. Plain gradient descent uses the gradient at the present point only."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    velocity = np.zeros_like(w)
    history = [w.copy()]
    for _ in range(n_steps):
        velocity = 0.9 * velocity - learning_rate * gradient(w)
        w = w + velocity
        history.append(w.copy())
    return np.array(history)
