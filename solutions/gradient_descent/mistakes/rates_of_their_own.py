"""Each of your parameters has a learning rate of its own, which grows while the sign of its gradient stays the same (delta-bar-delta): one rate holds for all parameters and steps."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    rate, before = np.full(len(w), learning_rate), np.zeros_like(w)
    history = [w]
    for _ in range(n_steps):
        g = np.array(gradient(w))
        turned = g * before
        rate = np.where(turned > 0, 1.2 * rate, np.where(turned < 0, 0.5 * rate, rate))
        w = w - rate * g
        before = g
        history.append(w)
    return np.array(history)
