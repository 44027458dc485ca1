"""Each of your steps moves one parameter only: all parameters move in every step."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w.copy()]
    for k in range(n_steps):
        i = k % len(w)
        w[i] = w[i] - learning_rate * gradient(w)[i]
        history.append(w.copy())
    return np.array(history)
