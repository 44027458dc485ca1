"""You scale the gradient to length one: all your steps are equally long, steep or flat, and never become smaller near the lowest point."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_steps):
        g = gradient(w)
        norm = np.linalg.norm(g)
        if norm > 0:
            g = g / norm
        w = w - learning_rate * g
        history.append(w)
    return np.array(history)
