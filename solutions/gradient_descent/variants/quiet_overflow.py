"""Silences NumPy's warnings and uses more names for the arguments than needed. Catches a check that expects a warning from a diverging run."""

import numpy as np


def gradient_descent(gradient, start, learning_rate=0.1, n_steps=10, verbose=False):
    x = np.array([*start], dtype=float)
    eta = float(learning_rate)
    history = np.full((int(n_steps) + 1, x.size), np.nan)
    with np.errstate(all="ignore"):
        for i in range(len(history)):
            history[i] = x
            if i < n_steps:
                x = x - eta * gradient(x)
            if verbose:
                print(i, x)
    return history
