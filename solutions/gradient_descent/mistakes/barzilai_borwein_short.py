"""You work out a new learning rate in every step from how much the gradient has changed: that is the second rule of Barzilai and Borwein. The rate must stay as it is given."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    g = np.array(gradient(w))
    rate = learning_rate
    history = [w]
    for _ in range(n_steps):
        new = w - rate * g
        g_new = gradient(new)
        s, z = new - w, g_new - g
        if z @ z != 0:
            rate = abs(s @ z) / (z @ z)
        w, g = new, g_new
        history.append(w)
    return np.array(history)
