"""Where a step makes the gradient longer you keep the better point in your rows: every step counts, also one that makes things worse."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    best, lowest = w, np.linalg.norm(gradient(w))
    history = [w]
    for _ in range(n_steps):
        w = w - learning_rate * gradient(w)
        size = np.linalg.norm(gradient(w))
        if size < lowest:
            best, lowest = w, size
        history.append(best)
    return np.array(history)
