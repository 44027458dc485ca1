"""You make the learning rate larger as long as the gradient becomes shorter, and smaller when it does not ("bold driver"): the rate must stay as it is given."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    rate, last = learning_rate, np.inf
    history = [w]
    for _ in range(n_steps):
        g = np.array(gradient(w))
        length = np.linalg.norm(g)
        if length > last:
            rate = 0.5 * rate
        elif last < np.inf:
            rate = 1.05 * rate
        w, last = w - rate * g, length
        history.append(w)
    return np.array(history)
