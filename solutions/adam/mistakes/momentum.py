"""Your step is plain momentum: there is no second moment and no correction."""

import numpy as np


def adam(gradient, start, learning_rate=0.001, n_steps=1000, beta1=0.9, beta2=0.999, epsilon=1e-8):
    w = np.array(start, dtype=float)
    velocity = np.zeros_like(w)
    history = [w]
    for _ in range(n_steps):
        velocity = beta1 * velocity + gradient(w)
        w = w - learning_rate * velocity
        history.append(w)
    return np.array(history)
