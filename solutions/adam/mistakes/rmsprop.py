"""You have no first moment and no correction: that is RMSprop. Adam also averages the gradient, and corrects both averages."""

import numpy as np


def adam(gradient, start, learning_rate=0.001, n_steps=1000, beta1=0.9, beta2=0.999, epsilon=1e-8):
    w = np.array(start, dtype=float)
    cache = np.zeros_like(w)
    history = [w]
    for _ in range(n_steps):
        g = gradient(w)
        cache = beta2 * cache + (1 - beta2) * g**2
        w = w - learning_rate * g / (np.sqrt(cache) + epsilon)
        history.append(w)
    return np.array(history)
