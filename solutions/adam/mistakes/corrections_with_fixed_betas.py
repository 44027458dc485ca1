"""Your corrections always use numbers of your own, though the averages use the caller's betas: the two no longer fit together."""

import numpy as np


def adam(gradient, start, learning_rate=0.001, n_steps=1000, beta1=0.9, beta2=0.999, epsilon=1e-8):
    theta = np.array(start, dtype=float)
    m = np.zeros(len(theta))
    v = np.zeros(len(theta))
    path = np.zeros((n_steps + 1, len(theta)))
    path[0] = theta
    for t in range(1, n_steps + 1):
        grad = gradient(theta)
        m = beta1 * m + (1 - beta1) * grad
        v = beta2 * v + (1 - beta2) * np.square(grad)
        m_corr = m / (1 - 0.9**t)
        v_corr = v / (1 - 0.999**t)
        theta = theta - learning_rate * m_corr / (np.sqrt(v_corr) + epsilon)
        path[t] = theta
    return path
