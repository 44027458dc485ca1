"""Your moments start at the first gradient and its square, and you do not correct them: the first step is right, but the first gradient counts far too long."""

import numpy as np


def adam(gradient, start, learning_rate=0.001, n_steps=1000, beta1=0.9, beta2=0.999, epsilon=1e-8):
    w = np.array(start, dtype=float)
    m = np.array(gradient(w), dtype=float)
    v = m**2
    history = [w.copy()]
    for t in range(1, n_steps + 1):
        g = gradient(w)
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        w = w - learning_rate * m / (np.sqrt(v) + epsilon)
        history.append(w.copy())
    return np.array(history)
