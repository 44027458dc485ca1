"""Each parameter has a t of its own, which only grows when its gradient is not zero: there is one t for all. While it is 0, the corrections divide by zero."""

import numpy as np


def adam(gradient, start, learning_rate=0.001, n_steps=1000, beta1=0.9, beta2=0.999, epsilon=1e-8):
    w = np.array(start, dtype=float)
    m, v, t = np.zeros_like(w), np.zeros_like(w), np.zeros(len(w))
    history = [w]
    for _ in range(n_steps):
        g = gradient(w)
        t = t + (g != 0)
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        w = w - learning_rate * (m / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + epsilon)
        history.append(w)
    return np.array(history)
