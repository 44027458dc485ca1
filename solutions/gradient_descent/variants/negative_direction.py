"""Adds minus the gradient, and multiplies from the right. Catches a check that compares to the last bit."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.asarray(start).astype(float)
    history = [w]
    for _ in range(n_steps):
        direction = -np.asarray(gradient(w), dtype=float)
        w = w + direction * learning_rate
        history.append(w)
    return np.array(history)
