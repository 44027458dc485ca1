"""When n_steps is 0 you do not return a table: it must have one row, the start."""

import numpy as np


def adam(gradient, start, learning_rate=0.001, n_steps=1000, beta1=0.9, beta2=0.999, epsilon=1e-8):
    w = np.array(start, dtype=float)
    m, v = np.zeros_like(w), np.zeros_like(w)
    history = [w]
    if n_steps == 0:
        return w
    for t in range(1, n_steps + 1):
        g = gradient(w)
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        step = m / (1 - beta1**t) / (np.sqrt(v / (1 - beta2**t)) + epsilon)
        w = w - learning_rate * step
        history.append(w)
    return np.array(history)
