"""Each of your steps begins with empty moments and t = 1, so you only move by the sign of the gradient: m, v and t must be kept from step to step."""

import numpy as np


def step(w, g, learning_rate, beta1, beta2, epsilon):
    m = np.zeros_like(w)
    v = np.zeros_like(w)
    t = 1
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon)


def adam(gradient, start, learning_rate=0.001, n_steps=1000, beta1=0.9, beta2=0.999, epsilon=1e-8):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_steps):
        w = step(w, gradient(w), learning_rate, beta1, beta2, epsilon)
        history.append(w)
    return np.array(history)
