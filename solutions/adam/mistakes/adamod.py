"""You do not let each parameter's learning rate be larger than the average of those before: that is AdaMod. Adam has no such limit."""

import numpy as np


def adam(gradient, start, learning_rate=0.001, n_steps=1000, beta1=0.9, beta2=0.999, epsilon=1e-8):
    w = np.array(start, dtype=float)
    mean = np.zeros_like(w)
    m = np.zeros_like(w)
    v = np.zeros_like(w)
    history = [w]
    for t in range(1, n_steps + 1):
        g = gradient(w)
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        m_hat = m / (1 - beta1**t)
        v_hat = v / (1 - beta2**t)
        rate = learning_rate / (np.sqrt(v_hat) + epsilon)
        mean = 0.999 * mean + 0.001 * rate
        w = w - np.minimum(rate, mean) * m_hat
        history.append(w)
    return np.array(history)
