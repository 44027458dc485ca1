"""Your t grows with every parameter, not with every step: the second parameter is corrected as if it were a step later."""

import numpy as np


def adam(gradient, start, learning_rate=0.001, n_steps=1000, beta1=0.9, beta2=0.999, epsilon=1e-8):
    w = np.array(start, dtype=float)
    m = np.zeros_like(w)
    v = np.zeros_like(w)
    t = 0
    history = [w.copy()]
    for _ in range(n_steps):
        g = gradient(w)
        for i in range(len(w)):
            t += 1
            m[i] = beta1 * m[i] + (1 - beta1) * g[i]
            v[i] = beta2 * v[i] + (1 - beta2) * g[i] ** 2
            m_hat = m[i] / (1 - beta1**t)
            v_hat = v[i] / (1 - beta2**t)
            w[i] -= learning_rate * m_hat / (np.sqrt(v_hat) + epsilon)
        history.append(w.copy())
    return np.array(history)
