"""The moments begin as the number 0 and become arrays with the first gradient. Catches a check that wants arrays of zeros."""

import numpy as np


def adam(gradient, start, learning_rate=0.001, n_steps=1000, beta1=0.9, beta2=0.999, epsilon=1e-8):
    m = v = 0.0
    x = np.array(start, dtype=float)
    xs = [x]
    for k in range(n_steps):
        grad = gradient(x)
        m = beta1 * m + (1 - beta1) * grad
        v = beta2 * v + (1 - beta2) * grad**2
        x = x - learning_rate * (m / (1 - beta1 ** (k + 1))) / (np.sqrt(v / (1 - beta2 ** (k + 1))) + epsilon)
        xs.append(x)
    return np.stack(xs)
