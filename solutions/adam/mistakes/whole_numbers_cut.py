"""A start of whole numbers makes all your points whole: your history takes over the kind of numbers of the start and cuts off everything behind the decimal point."""

import numpy as np


def adam(gradient, start, learning_rate=0.001, n_steps=1000, beta1=0.9, beta2=0.999, epsilon=1e-8):
    theta = np.array(start, dtype=float)
    m = np.zeros(len(theta))
    v = np.zeros(len(theta))
    path = np.tile(start, (n_steps + 1, 1))
    for t in range(1, n_steps + 1):
        grad = gradient(path[t - 1].astype(float))
        m = beta1 * m + (1 - beta1) * grad
        v = beta2 * v + (1 - beta2) * np.square(grad)
        m_corr = m / (1 - beta1**t)
        v_corr = v / (1 - beta2**t)
        path[t] = path[t - 1] - learning_rate * m_corr / (np.sqrt(v_corr) + epsilon)
    return path
