"""Your beta2 grows from step to step, as 1 - 1/t or the like: it must stay as it is given."""

import numpy as np


def adam(gradient, start, learning_rate=0.001, n_steps=1000, beta1=0.9, beta2=0.999, epsilon=1e-8):
    w = np.array(start, dtype=float)
    m = np.zeros_like(w)
    v = np.zeros_like(w)
    history = [w]
    for t in range(1, n_steps + 1):
        g = gradient(w)
        m = beta1 * m + (1 - beta1) * g
        beta = min(beta2, 1 - t**-0.8)
        v = beta * v + (1 - beta) * g**2
        m_hat = m / (1 - beta1**t)
        w = w - learning_rate * m_hat / (np.sqrt(v) + epsilon)
        history.append(w)
    return np.array(history)
