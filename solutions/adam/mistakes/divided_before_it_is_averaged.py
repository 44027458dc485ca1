"""You divide the gradient by the root of v first and average then: in Adam the gradient is averaged, and m is divided."""

import numpy as np


def adam(gradient, start, learning_rate=0.001, n_steps=1000, beta1=0.9, beta2=0.999, epsilon=1e-8):
    w = np.array(start, dtype=float)
    m = np.zeros_like(w)
    v = np.zeros_like(w)
    history = [w]
    for t in range(1, n_steps + 1):
        g = gradient(w)
        v = beta2 * v + (1 - beta2) * g**2
        v_hat = v / (1 - beta2**t)
        m = beta1 * m + (1 - beta1) * g / (np.sqrt(v_hat) + epsilon)
        w = w - learning_rate * m / (1 - beta1**t)
        history.append(w)
    return np.array(history)
