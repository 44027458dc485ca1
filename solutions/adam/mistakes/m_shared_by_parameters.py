"""All your parameters share one m: the loop over the parameters goes on with the average of the parameter before. Each needs an m of its own."""

import numpy as np


def adam(gradient, start, learning_rate=0.001, n_steps=1000, beta1=0.9, beta2=0.999, epsilon=1e-8):
    w = np.array(start, dtype=float)
    m, v = 0.0, np.zeros_like(w)
    history = [w.copy()]
    for t in range(1, n_steps + 1):
        g = gradient(w)
        for i in range(len(w)):
            m = beta1 * m + (1 - beta1) * g[i]
            v[i] = beta2 * v[i] + (1 - beta2) * g[i] ** 2
            m_hat, v_hat = m / (1 - beta1**t), v[i] / (1 - beta2**t)
            w[i] -= learning_rate * m_hat / (np.sqrt(v_hat) + epsilon)
        history.append(w.copy())
    return np.array(history)
