"""Your step is the uncorrected average of the gradient, which is momentum: the second moment and the corrections are missing."""

import numpy as np


def adam(gradient, start, learning_rate=0.001, n_steps=1000, beta1=0.9, beta2=0.999, epsilon=1e-8):
    w = np.array(start, dtype=float)
    m = np.zeros_like(w)
    history = [w]
    for t in range(1, n_steps + 1):
        g = gradient(w)
        m = beta1 * m + (1 - beta1) * g
        w = w - learning_rate * m
        history.append(w)
    return np.array(history)
