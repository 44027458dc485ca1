"""Changes one array in place and stores copies of it. Catches a check that takes `-=` itself for the mistake of a changed start."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w.copy()]
    for _ in range(n_steps):
        grad = gradient(w)
        w -= learning_rate * grad
        history.append(w.copy())
    return np.array(history)
