"""You leave out the denominator as long as v has seen few gradients: that is RAdam. Adam divides by the root of the corrected v from the first step on."""

import numpy as np


def adam(gradient, start, learning_rate=0.001, n_steps=1000, beta1=0.9, beta2=0.999, epsilon=1e-8):
    w = np.array(start, dtype=float)
    m = np.zeros_like(w)
    v = np.zeros_like(w)
    history = [w]
    for t in range(1, n_steps + 1):
        g = gradient(w)
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        m_hat = m / (1 - beta1**t)
        v_hat = v / (1 - beta2**t)
        seen = 2 / (1 - beta2) - 1 - 2 * t * beta2**t / (1 - beta2**t)
        if seen > 5:
            w = w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon)
        else:
            w = w - learning_rate * m_hat
        history.append(w)
    return np.array(history)
