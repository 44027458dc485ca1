"""You keep gradients for later without copying them: where `gradient` writes each answer into the same array, all that you have kept becomes the last one."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    first = np.array(start, dtype=float)
    w, kept = first, []
    for _ in range(n_steps):
        kept.append(gradient(w))
        w = w - learning_rate * kept[-1]
    history = [first]
    for g in kept:
        history.append(history[-1] - learning_rate * g)
    return np.array(history)
