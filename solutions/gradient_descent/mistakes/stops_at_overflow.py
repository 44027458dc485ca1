"""You stop when a number has become inf or nan: a diverging run must go on to the last step too, so that the result has all its rows."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_steps):
        w = w - learning_rate * gradient(w)
        if not np.all(np.isfinite(w)):
            print("diverged!")
            break
        history.append(w)
    return np.array(history)
