"""Divides the root of v by the root of its correction, as one large library does. Catches a check that compares to the last bit."""

import math

import numpy as np


def adam(gradient, start, learning_rate=0.001, n_steps=1000, beta1=0.9, beta2=0.999, epsilon=1e-8):
    w = np.array(start, dtype=float)
    exp_avg = np.zeros_like(w)
    exp_avg_sq = np.zeros_like(w)
    history = [w.copy()]
    for step in range(1, n_steps + 1):
        grad = gradient(w)
        exp_avg = exp_avg * beta1 + grad * (1 - beta1)
        exp_avg_sq = exp_avg_sq * beta2 + grad * grad * (1 - beta2)
        denom = np.sqrt(exp_avg_sq) / math.sqrt(1 - beta2**step) + epsilon
        step_size = learning_rate / (1 - beta1**step)
        w = w - step_size * (exp_avg / denom)
        history.append(w.copy())
    return np.array(history)
