"""After every few steps you pull the point back to an earlier one: that is Lookahead. Each step must begin where the one before has ended."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    slow = w
    history = [w]
    for t in range(1, n_steps + 1):
        w = w - learning_rate * gradient(w)
        if t % 5 == 0:
            slow = slow + 0.5 * (w - slow)
            w = slow
        history.append(w)
    return np.array(history)
