"""From the third step on you use the gradient of the step before again in every second step: each step needs the gradient at the point where it begins."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for k in range(n_steps):
        if k == 0 or k % 2 == 1:
            g = gradient(w)
        w = w - learning_rate * g
        history.append(w)
    return np.array(history)
