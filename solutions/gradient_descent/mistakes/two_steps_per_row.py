"""You take two steps for each row of the result: one in the loop and one more when you store the point."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    def step(w):
        return w - learning_rate * gradient(w)

    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_steps):
        w = step(w)
        w = step(w)
        history.append(w)
    return np.array(history)
