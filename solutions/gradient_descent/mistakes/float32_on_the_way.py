"""Your points are rounded to seven digits in every step: you calculate with float32 and change to float64 only at the end, when the digits are lost."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype="float32")
    history = [w]
    for _ in range(n_steps):
        step = learning_rate * gradient(w)
        w = np.float32(w - step)
        history.append(w)
    return np.array(history).astype(float)
