"""Folds the steps with `itertools.accumulate` over tuples of the state. Catches a check that looks for a loop in the code."""

from itertools import accumulate

import numpy as np


def adam(gradient, start, learning_rate=0.001, n_steps=1000, beta1=0.9, beta2=0.999, epsilon=1e-8):
    def step(state, t):
        w, m, v = state
        g = gradient(w)
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        update = m / (1 - beta1**t) / (np.sqrt(v / (1 - beta2**t)) + epsilon)
        return w - learning_rate * update, m, v

    w = np.array(start, dtype=float)
    states = accumulate(range(1, n_steps + 1), step, initial=(w, np.zeros_like(w), np.zeros_like(w)))
    return np.array([state[0] for state in states])
