"""Epsilon is added to the root of the uncorrected v, for example because you correct the learning rate instead of the moments: it belongs after the correction. With a large epsilon your first steps are far too short."""

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
        rate = learning_rate * np.sqrt(1 - beta2**t) / (1 - beta1**t)
        w = w - rate * m / (np.sqrt(v) + epsilon)
        history.append(w.copy())
    return np.array(history)
