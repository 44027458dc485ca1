"""Takes the learning rate into the first moment, where it has the same effect, since the first moment is a plain sum. Catches a check that wants to see the rate in the last line."""

import numpy as np


def adam(gradient, start, learning_rate=0.001, n_steps=1000, beta1=0.9, beta2=0.999, epsilon=1e-8):
    w = np.array(start, dtype=float)
    scaled_m = np.zeros_like(w)
    v = np.zeros_like(w)
    history = [w]
    for t in range(1, n_steps + 1):
        g = gradient(w)
        scaled_m = beta1 * scaled_m + (1 - beta1) * learning_rate * g
        v = beta2 * v + (1 - beta2) * g**2
        w = w - scaled_m / (1 - beta1**t) / (np.sqrt(v / (1 - beta2**t)) + epsilon)
        history.append(w)
    return np.array(history)
