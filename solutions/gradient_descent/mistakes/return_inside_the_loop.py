"""Your result ends after the first step: the `return` is indented too far, so that it stands inside the loop over the steps."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_steps):
        w = w - learning_rate * gradient(w)
        history.append(w)
        return np.array(history)
    return np.array(history)
