"""Gradients of more than some dozen steps ago all count alike in your averages: they must go on fading with every step."""

import numpy as np

OLDEST = 50


def adam(gradient, start, learning_rate=0.001, n_steps=1000, beta1=0.9, beta2=0.999, epsilon=1e-8):
    w = np.array(start, dtype=float)
    history, seen = [w], []
    for t in range(1, n_steps + 1):
        seen.append(np.array(gradient(w), dtype=float))
        ages = np.minimum(np.arange(t - 1, -1, -1), OLDEST)
        gradients = np.array(seen)
        m_hat = (1 - beta1) * (beta1**ages) @ gradients / (1 - beta1**t)
        v_hat = (1 - beta2) * (beta2**ages) @ gradients**2 / (1 - beta2**t)
        w = w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon)
        history.append(w)
    return np.array(history)
