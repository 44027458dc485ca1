"""You overwrite beta1 and beta2 with their own powers, so that the next step averages and corrects with other betas: give the powers names of their own."""

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
        beta1, beta2 = beta1**t, beta2**t
        m_hat = m / (1 - beta1)
        v_hat = v / (1 - beta2)
        w = w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon)
        history.append(w)
    return np.array(history)
