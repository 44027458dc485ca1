"""The efficient order of section 2 of the paper, with epsilon scaled along so that it is still Algorithm 1. Catches a check that wants corrected moments to be computed as such."""

import numpy as np


def adam(gradient, start, learning_rate=0.001, n_steps=1000, beta1=0.9, beta2=0.999, epsilon=1e-8):
    w = np.array(start, dtype=float)
    m, v = np.zeros(w.shape), np.zeros(w.shape)
    history = [w]
    for t in range(1, n_steps + 1):
        g = gradient(w)
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g * g
        root = np.sqrt(1 - beta2**t)
        rate = learning_rate * root / (1 - beta1**t)
        w = w - rate * m / (np.sqrt(v) + epsilon * root)
        history.append(w)
    return np.array(history)
