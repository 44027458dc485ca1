"""You ask for the gradient where another step like the last one would lead: ask for it at the present point."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    last = np.zeros(len(w))
    for _ in range(n_steps):
        ahead = w + last
        last = -learning_rate * np.asarray(gradient(ahead), dtype=float)
        w = w + last
        history.append(w)
    return np.array(history)
