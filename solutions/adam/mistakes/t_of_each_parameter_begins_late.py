"""You count t for each parameter from its first gradient that is not zero: there is one t for all, which counts the steps from 1."""

import numpy as np


def adam(gradient, start, learning_rate=0.001, n_steps=1000, beta1=0.9, beta2=0.999, epsilon=1e-8):
    w = np.array(start, dtype=float)
    m, v, t = np.zeros_like(w), np.zeros_like(w), np.zeros(len(w))
    history = [w]
    for _ in range(n_steps):
        g = gradient(w)
        t = t + ((t > 0) | (g != 0))
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        begun = np.maximum(t, 1)
        w = w - learning_rate * (m / (1 - beta1**begun)) / (np.sqrt(v / (1 - beta2**begun)) + epsilon)
        history.append(w)
    return np.array(history)
