"""The path is an array that exists before the first step. Catches a check that wants the points to be objects of their own."""

import numpy as np


def adam(gradient, start, learning_rate=0.001, n_steps=1000, beta1=0.9, beta2=0.999, epsilon=1e-8):
    path = np.zeros((n_steps + 1, len(start)))
    path[0] = start
    m = np.zeros(path.shape[1])
    v = np.zeros(path.shape[1])
    for t in range(n_steps):
        g = gradient(path[t])
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * np.square(g)
        m_hat = m / (1 - beta1 ** (t + 1))
        v_hat = v / (1 - beta2 ** (t + 1))
        path[t + 1] = path[t] - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon)
    return path
