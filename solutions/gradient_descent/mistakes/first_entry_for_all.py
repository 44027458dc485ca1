"""All your parameters move by the same amount: you use one entry of the gradient for all of them."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_steps):
        w = w - learning_rate * gradient(w)[0]
        history.append(w)
    return np.array(history)
