"""Plain Python numbers, one parameter after another with one gradient. Catches a check that takes a loop over the parameters for the mistake of moving them in turn, or compares to the last bit."""

from math import sqrt

import numpy as np


def adam(gradient, start, learning_rate=0.001, n_steps=1000, beta1=0.9, beta2=0.999, epsilon=1e-8):
    w = [float(value) for value in start]
    n = len(w)
    m, v = [0.0] * n, [0.0] * n
    history = [w.copy()]
    for t in range(1, n_steps + 1):
        g = [float(x) for x in gradient(np.array(w))]
        for i in range(n):
            m[i] = beta1 * m[i] + (1 - beta1) * g[i]
            v[i] = beta2 * v[i] + (1 - beta2) * g[i] * g[i]
            m_hat = m[i] / (1 - beta1**t)
            v_hat = v[i] / (1 - beta2**t)
            below = sqrt(v_hat) + epsilon
            w[i] -= learning_rate * m_hat / below
        history.append(w.copy())
    return np.array(history, dtype=float)
