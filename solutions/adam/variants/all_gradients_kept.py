"""Keeps all gradients and computes both averages from their whole history in each step. Catches a check that compares to the last bit."""

import numpy as np


def adam(gradient, start, learning_rate=0.001, n_steps=1000, beta1=0.9, beta2=0.999, epsilon=1e-8):
    w = np.array(start, dtype=float)
    gradients = np.zeros((n_steps, w.size))
    history = [w]
    for t in range(1, n_steps + 1):
        gradients[t - 1] = gradient(w)
        age = np.arange(t - 1, -1, -1)
        weights1 = (1 - beta1) * float(beta1) ** age
        weights2 = (1 - beta2) * float(beta2) ** age
        m_hat = weights1 @ gradients[:t] / (1 - beta1**t)
        v_hat = weights2 @ gradients[:t] ** 2 / (1 - beta2**t)
        w = w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon)
        history.append(w)
    return np.array(history)
