"""Keeps the powers of the betas as running products, so there is no counter. Catches a check that compares to the last bit or looks for a power in the code."""

import numpy as np


def adam(gradient, start, learning_rate=0.001, n_steps=1000, beta1=0.9, beta2=0.999, epsilon=1e-8):
    w = np.array(start, dtype=float)
    m = np.zeros_like(w)
    v = np.zeros_like(w)
    beta1_power, beta2_power = 1.0, 1.0
    history = [w]
    for _ in range(n_steps):
        g = gradient(w)
        beta1_power *= beta1
        beta2_power *= beta2
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        w = w - learning_rate * (m / (1 - beta1_power)) / (np.sqrt(v / (1 - beta2_power)) + epsilon)
        history.append(w)
    return np.array(history)
