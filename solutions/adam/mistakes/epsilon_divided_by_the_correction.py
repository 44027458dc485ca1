"""You divide epsilon by sqrt(1 - beta2 ** t): where the correction of v is moved into the learning rate, epsilon is multiplied by that root."""

import numpy as np


def adam(gradient, start, learning_rate=0.001, n_steps=1000, beta1=0.9, beta2=0.999, epsilon=1e-8):
    w = np.array(start, dtype=float)
    m = np.zeros_like(w)
    v = np.zeros_like(w)
    history = [w.copy()]
    for t in range(1, n_steps + 1):
        g = gradient(w)
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        root = np.sqrt(1 - beta2**t)
        w = w - learning_rate * root / (1 - beta1**t) * m / (np.sqrt(v) + epsilon / root)
        history.append(w.copy())
    return np.array(history)
