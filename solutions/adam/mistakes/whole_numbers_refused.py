"""A start of whole numbers stops your code with an error: your array keeps the kind of numbers of the start, and whole numbers cannot hold a fraction of a step."""

import numpy as np


def adam(gradient, start, learning_rate=0.001, n_steps=1000, beta1=0.9, beta2=0.999, epsilon=1e-8):
    w = np.array(start)
    m = np.zeros(len(w))
    v = np.zeros(len(w))
    history = [w.copy()]
    for t in range(1, n_steps + 1):
        g = gradient(w)
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        m_hat = m / (1 - beta1**t)
        v_hat = v / (1 - beta2**t)
        w -= learning_rate * m_hat / (np.sqrt(v_hat) + epsilon)
        history.append(w.copy())
    return np.array(history)
