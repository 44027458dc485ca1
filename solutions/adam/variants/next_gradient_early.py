"""Asks for the next gradient at the end of a step, so there is one call more than steps. Catches a check that takes the number of gradient calls for the number of steps."""

import numpy as np


def adam(gradient, start, learning_rate=0.001, n_steps=1000, beta1=0.9, beta2=0.999, epsilon=1e-8):
    w = np.array(start, dtype=float)
    m, v = np.zeros_like(w), np.zeros_like(w)
    g = np.array(gradient(w))
    history = [w]
    for t in range(1, n_steps + 1):
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        w = w - learning_rate * (m / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + epsilon)
        history.append(w)
        g = np.array(gradient(w))
    return np.array(history)
