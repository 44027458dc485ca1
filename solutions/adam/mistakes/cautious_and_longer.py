"""You do not move parameters whose average m and present gradient have different signs, and move the others further instead (a "cautious" optimizer): in Adam every parameter moves along its m in every step."""

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
        mask = m * g > 0
        step = m_hat / (np.sqrt(v_hat) + epsilon)
        w = w - learning_rate * step * mask / max(mask.mean(), 1e-3)
        history.append(w)
    return np.array(history)
