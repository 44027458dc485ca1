"""You divide each entry of the gradient by how much it has changed since the step before (the secant method): a step is the learning rate times the gradient."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    before, moved = np.zeros_like(w), np.zeros_like(w)
    history = [w]
    for _ in range(n_steps):
        g = np.array(gradient(w))
        change = np.where(moved != 0, (g - before) / np.where(moved != 0, moved, 1), 0)
        step = np.where(change > 1e-12, g / np.where(change > 1e-12, change, 1), learning_rate * g)
        w, before, moved = w - step, g, -step
        history.append(w)
    return np.array(history)
