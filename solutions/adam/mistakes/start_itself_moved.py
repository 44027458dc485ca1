"""Your parameters are the start itself: in-place steps move the caller's array, and a start of whole numbers or one that is read-only stops your code. Make a copy of decimal numbers first."""

import numpy as np


def adam(gradient, start, learning_rate=0.001, n_steps=1000, beta1=0.9, beta2=0.999, epsilon=1e-8):
    w = start
    m = np.zeros(len(w))
    v = np.zeros(len(w))
    history = [np.array(w, dtype=float)]
    for t in range(1, n_steps + 1):
        g = gradient(w)
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        m_hat = m / (1 - beta1**t)
        v_hat = v / (1 - beta2**t)
        w -= learning_rate * m_hat / (np.sqrt(v_hat) + epsilon)
        history.append(np.array(w, dtype=float))
    return np.array(history)
