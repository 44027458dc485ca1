"""You move the parameters one after another, each with a new gradient: the second already sees where the first has moved. All must move at once, from one gradient."""

import numpy as np


def adam(gradient, start, learning_rate=0.001, n_steps=1000, beta1=0.9, beta2=0.999, epsilon=1e-8):
    w = np.array(start, dtype=float)
    n = len(w)
    m = [0.0] * n
    v = [0.0] * n
    history = [w.copy()]
    for t in range(1, n_steps + 1):
        for i in range(n):
            g = gradient(w)
            m[i] = beta1 * m[i] + (1 - beta1) * g[i]
            v[i] = beta2 * v[i] + (1 - beta2) * g[i] ** 2
            m_hat = m[i] / (1 - beta1**t)
            v_hat = v[i] / (1 - beta2**t)
            w[i] = w[i] - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon)
        history.append(w.copy())
    return np.array(history)
