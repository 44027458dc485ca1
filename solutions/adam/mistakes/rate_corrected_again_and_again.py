"""You divide the learning rate itself by the correction of m and keep it: each step then has the corrections of all steps before it."""

import numpy as np


def adam(gradient, start, learning_rate=0.001, n_steps=1000, beta1=0.9, beta2=0.999, epsilon=1e-8):
    w = np.array(start, dtype=float)
    m, v = np.zeros_like(w), np.zeros_like(w)
    history = [w]
    for t in range(1, n_steps + 1):
        g = gradient(w)
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        learning_rate = learning_rate / (1 - beta1**t)
        w = w - learning_rate * m / (np.sqrt(v / (1 - beta2**t)) + epsilon)
        history.append(w)
    return np.array(history)
