"""Loops over the parameters, but with one gradient for the whole step. Catches a check that takes such a loop for the mistake of moving the parameters in turn."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    n = len(start)
    history = np.zeros((n_steps + 1, n))
    for i in range(n):
        history[0, i] = start[i]
    for k in range(n_steps):
        grad = gradient(history[k].copy())
        for i in range(n):
            history[k + 1, i] = history[k, i] - learning_rate * grad[i]
    return history
