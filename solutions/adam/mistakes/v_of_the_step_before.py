"""You divide the present gradient by the v of the step before and average then, so that v never sees the gradient that it divides (as in ADOPT): in Adam v takes in the present gradient first."""

import numpy as np


def adam(gradient, start, learning_rate=0.001, n_steps=1000, beta1=0.9, beta2=0.999, epsilon=1e-8):
    w = np.array(start, dtype=float)
    m = np.zeros_like(w)
    v = np.zeros_like(w)
    history = [w]
    for t in range(1, n_steps + 1):
        g = gradient(w)
        if t == 1:
            v = g**2
        m = beta1 * m + (1 - beta1) * g / (np.sqrt(v) + epsilon)
        w = w - learning_rate * m
        v = beta2 * v + (1 - beta2) * g**2
        history.append(w)
    return np.array(history)
