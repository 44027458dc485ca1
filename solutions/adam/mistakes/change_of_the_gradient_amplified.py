"""You add a part of the change since the step before to the gradient (variance reduction, as in MARS): use the gradient as it is."""

import numpy as np


def adam(gradient, start, learning_rate=0.001, n_steps=1000, beta1=0.9, beta2=0.999, epsilon=1e-8):
    w = np.array(start, dtype=float)
    before = np.zeros_like(w)
    m = np.zeros_like(w)
    v = np.zeros_like(w)
    history = [w]
    for t in range(1, n_steps + 1):
        g = np.array(gradient(w))
        c = g + 0.025 * beta1 / (1 - beta1) * (g - before if t > 1 else 0 * g)
        before = g
        m = beta1 * m + (1 - beta1) * c
        v = beta2 * v + (1 - beta2) * c**2
        m_hat = m / (1 - beta1**t)
        v_hat = v / (1 - beta2**t)
        w = w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon)
        history.append(w)
    return np.array(history)
