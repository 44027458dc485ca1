"""The state lives in a closure that each call makes anew. Catches a check that takes any kept state for state between calls."""

import numpy as np


def make_stepper(n, rate, beta1, beta2, epsilon):
    m, v, t = np.zeros(n), np.zeros(n), 0

    def step(w, g):
        nonlocal m, v, t
        t += 1
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g * g
        return w - rate * m / (1 - beta1**t) / (np.sqrt(v / (1 - beta2**t)) + epsilon)

    return step


def adam(gradient, start, learning_rate=0.001, n_steps=1000, beta1=0.9, beta2=0.999, epsilon=1e-8):
    w = np.array(start, dtype=float)
    step = make_stepper(len(w), learning_rate, beta1, beta2, epsilon)
    rows = [w]
    for _ in range(n_steps):
        rows.append(step(rows[-1], gradient(rows[-1])))
    return np.vstack(rows)
