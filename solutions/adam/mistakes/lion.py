"""Your steps are the signs of an average of the gradients: that is Lion. Adam divides m by the root of v."""

import numpy as np


def adam(gradient, start, learning_rate=0.001, n_steps=1000, beta1=0.9, beta2=0.999, epsilon=1e-8):
    w = np.array(start, dtype=float)
    m = np.zeros_like(w)
    history = [w]
    for _ in range(n_steps):
        g = gradient(w)
        w = w - learning_rate * np.sign(beta1 * m + (1 - beta1) * g)
        m = beta2 * m + (1 - beta2) * g
        history.append(w)
    return np.array(history)
