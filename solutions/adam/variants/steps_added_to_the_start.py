"""Adds up the steps and puts the sum to the start. Catches a check that expects rounding as small as the last point."""

import numpy as np


def adam(gradient, start, learning_rate=0.001, n_steps=1000, beta1=0.9, beta2=0.999, epsilon=1e-8):
    start = np.array(start, dtype=float)
    m = np.zeros_like(start)
    v = np.zeros_like(start)
    total = np.zeros_like(start)
    history = [start]
    for t in range(1, n_steps + 1):
        g = gradient(start - learning_rate * total)
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        total = total + m / (1 - beta1**t) / (np.sqrt(v / (1 - beta2**t)) + epsilon)
        history.append(start - learning_rate * total)
    return np.array(history)
