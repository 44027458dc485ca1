"""You stop when a step is tiny and fill the rest of the history with the last point: exactly n_steps steps are asked for, however small they are."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_steps):
        moved = w - learning_rate * gradient(w)
        small = np.allclose(moved, w)
        w = moved
        history.append(w)
        if small:
            break
    history += [w] * (n_steps + 1 - len(history))
    return np.array(history)
