"""You change the array that `gradient` gives back. Where that is always the same array, as on a slope, all later steps go wrong: it is not yours."""

import numpy as np


def adam(gradient, start, learning_rate=0.001, n_steps=1000, beta1=0.9, beta2=0.999, epsilon=1e-8):
    w = np.array(start, dtype=float)
    m = np.zeros_like(w)
    v = np.zeros_like(w)
    history = [w.copy()]
    for t in range(1, n_steps + 1):
        g = gradient(w.copy())
        m = beta1 * m + (1 - beta1) * g
        g *= g
        v = beta2 * v + (1 - beta2) * g
        m_hat = m / (1 - beta1**t)
        v_hat = v / (1 - beta2**t)
        w = w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon)
        history.append(w.copy())
    return np.array(history)
