"""Your steps are those of RAdam, which leaves out v at first and then shortens the steps by a factor of its own: Adam divides by the root of the corrected v from the first step on, and nothing else."""

import numpy as np


def adam(gradient, start, learning_rate=0.001, n_steps=1000, beta1=0.9, beta2=0.999, epsilon=1e-8):
    w = np.array(start, dtype=float)
    most = 2 / (1 - beta2) - 1
    m = np.zeros_like(w)
    v = np.zeros_like(w)
    history = [w]
    for t in range(1, n_steps + 1):
        g = gradient(w)
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        m_hat = m / (1 - beta1**t)
        v_hat = v / (1 - beta2**t)
        seen = most - 2 * t * beta2**t / (1 - beta2**t)
        if seen > 5:
            factor = np.sqrt((seen - 4) * (seen - 2) * most / ((most - 4) * (most - 2) * seen))
            w = w - learning_rate * factor * m_hat / (np.sqrt(v_hat) + epsilon)
        else:
            w = w - learning_rate * m_hat
        history.append(w)
    return np.array(history)
