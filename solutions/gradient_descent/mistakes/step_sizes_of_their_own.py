"""Each of your parameters has a step size of its own, which grows while the sign of its gradient stays the same and shrinks when it changes: that is Rprop. A step is the learning rate times the gradient."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    size, before = np.full(len(w), learning_rate), np.zeros_like(w)
    history = [w]
    for _ in range(n_steps):
        g = np.array(gradient(w))
        turned = g * before
        size = np.where(turned > 0, 1.2 * size, np.where(turned < 0, 0.5 * size, size))
        w = w - size * np.sign(g)
        before = g
        history.append(w)
    return np.array(history)
