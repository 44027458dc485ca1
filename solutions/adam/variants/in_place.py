"""Changes its arrays in place and stores copies. Catches a check that takes `+=` itself for the mistake of a changed start."""

import numpy as np


def adam(gradient, start, learning_rate=0.001, n_steps=1000, beta1=0.9, beta2=0.999, epsilon=1e-8):
    w = np.array(start, dtype=float)
    m = np.zeros(len(w))
    v = np.zeros(len(w))
    history = [w.copy()]
    t = 0
    while t < n_steps:
        t += 1
        g = np.array(gradient(w))
        m *= beta1
        m += (1 - beta1) * g
        v *= beta2
        g *= g
        v += (1 - beta2) * g
        w -= learning_rate * (m / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + epsilon)
        history.append(w.copy())
    return np.array(history)
