"""With a start of whole numbers your moments are whole numbers too, and lose everything behind the decimal point: make decimal numbers of the start first."""

import numpy as np


def adam(gradient, start, learning_rate=0.001, n_steps=1000, beta1=0.9, beta2=0.999, epsilon=1e-8):
    start = np.array(start)
    m = np.zeros_like(start)
    v = np.zeros_like(start)
    history = np.zeros((n_steps + 1, len(start)))
    history[0] = start
    for t in range(1, n_steps + 1):
        g = gradient(history[t - 1])
        m[:] = beta1 * m + (1 - beta1) * g
        v[:] = beta2 * v + (1 - beta2) * g**2
        m_hat = m / (1 - beta1**t)
        v_hat = v / (1 - beta2**t)
        history[t] = history[t - 1] - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon)
    return history
