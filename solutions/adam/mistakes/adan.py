"""You mix the change of the gradient since the step before into the averages: that is Adan. In Adam m averages the gradients and v their squares."""

import numpy as np


def adam(gradient, start, learning_rate=0.001, n_steps=1000, beta1=0.9, beta2=0.999, epsilon=1e-8):
    w = np.array(start, dtype=float)
    d, before = np.zeros_like(w), np.zeros_like(w)
    m = np.zeros_like(w)
    v = np.zeros_like(w)
    history = [w]
    for t in range(1, n_steps + 1):
        g = np.array(gradient(w))
        change = g - before if t > 1 else np.zeros_like(g)
        m = beta1 * m + (1 - beta1) * g
        d = beta1 * d + (1 - beta1) * change
        v = beta2 * v + (1 - beta2) * (g + beta1 * change) ** 2
        before = g
        step = (m / (1 - beta1**t) + beta1 * d / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + epsilon)
        w = w - learning_rate * step
        history.append(w)
    return np.array(history)
