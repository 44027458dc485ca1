"""You turn the start into float32, which keeps only seven digits: your row 0 is not quite the start."""

import numpy as np


def adam(gradient, start, learning_rate=0.001, n_steps=1000, beta1=0.9, beta2=0.999, epsilon=1e-8):
    w = np.array(start, dtype=np.float32)
    m = np.zeros(len(w))
    v = np.zeros(len(w))
    history = [w]
    for t in range(1, n_steps + 1):
        g = np.asarray(gradient(w), dtype=float)
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        m_hat = m / (1 - beta1**t)
        v_hat = v / (1 - beta2**t)
        w = w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon)
        history.append(w)
    return np.array(history)
