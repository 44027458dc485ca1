"""You keep what each parameter's learning rate becomes within bounds that close in step by step: that is AdaBound. Adam has no such bounds."""

import numpy as np


def adam(gradient, start, learning_rate=0.001, n_steps=1000, beta1=0.9, beta2=0.999, epsilon=1e-8):
    w = np.array(start, dtype=float)
    m = np.zeros_like(w)
    v = np.zeros_like(w)
    history = [w]
    for t in range(1, n_steps + 1):
        g = gradient(w)
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        rate = learning_rate * np.sqrt(1 - beta2**t) / (1 - beta1**t) / (np.sqrt(v) + epsilon)
        lower = 0.1 * (1 - 1 / ((1 - beta2) * t + 1))
        upper = 0.1 * (1 + 1 / ((1 - beta2) * t))
        w = w - np.clip(rate, lower, upper) * m
        history.append(w)
    return np.array(history)
