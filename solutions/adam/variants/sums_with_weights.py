"""Keeps sums of gradients and the sums of their weights, and divides one by the other: the same averages without a power. Catches a check that compares to the last bit."""

import numpy as np


def adam(gradient, start, learning_rate=0.001, n_steps=1000, beta1=0.9, beta2=0.999, epsilon=1e-8):
    w = np.array(start, dtype=float)
    total = np.zeros_like(w)
    total_of_squares = np.zeros_like(w)
    weight = weight_of_squares = 0.0
    history = [w]
    for _ in range(n_steps):
        g = gradient(w)
        total = beta1 * total + g
        total_of_squares = beta2 * total_of_squares + g * g
        weight = beta1 * weight + 1
        weight_of_squares = beta2 * weight_of_squares + 1
        w = w - learning_rate * (total / weight) / (np.sqrt(total_of_squares / weight_of_squares) + epsilon)
        history.append(w)
    return np.array(history)
