"""You square the power of beta1 in each step instead of multiplying it by beta1: it becomes 1, 2, 4, 8 instead of 1, 2, 3, 4."""

import numpy as np


def adam(gradient, start, learning_rate=0.001, n_steps=1000, beta1=0.9, beta2=0.999, epsilon=1e-8):
    w = np.array(start, dtype=float)
    m, v = np.zeros_like(w), np.zeros_like(w)
    power1, power2 = beta1, beta2
    history = [w]
    for _ in range(n_steps):
        g = gradient(w)
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        m_hat, v_hat = m / (1 - power1), v / (1 - power2)
        power1 *= power1
        power2 *= beta2
        w = w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon)
        history.append(w)
    return np.array(history)
