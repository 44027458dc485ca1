"""You exchange beta1 and beta2 where beta1 is the larger one: the caller may ask for any of them."""

import numpy as np


def adam(gradient, start, learning_rate=0.001, n_steps=1000, beta1=0.9, beta2=0.999, epsilon=1e-8):
    w = np.array(start, dtype=float)
    beta1, beta2 = sorted((beta1, beta2))
    w = np.array(start, dtype=float)
    if beta1 > beta2:
        raise ValueError("beta1 must not be larger than beta2")
    m = np.zeros_like(w)
    v = np.zeros_like(w)
    history = [w]
    for t in range(1, n_steps + 1):
        g = gradient(w)
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        m_hat = m / (1 - beta1**t)
        v_hat = v / (1 - beta2**t)
        w = w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon)
        history.append(w)
    return np.array(history)
