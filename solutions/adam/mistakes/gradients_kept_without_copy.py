"""You keep gradients for later without copying them: where `gradient` writes each answer into the same array, all that you have kept becomes the last one."""

import numpy as np


def adam(gradient, start, learning_rate=0.001, n_steps=1000, beta1=0.9, beta2=0.999, epsilon=1e-8):
    w = np.array(start, dtype=float)
    gradients, history = [], [w]
    for t in range(1, n_steps + 1):
        gradients.append(gradient(w))
        kept, ages = np.array(gradients), np.arange(t)[::-1]
        m = (1 - beta1) * beta1**ages @ kept
        v = (1 - beta2) * beta2**ages @ kept**2
        w = w - learning_rate * (m / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + epsilon)
        history.append(w)
    return np.array(history)
