"""You change the caller's array: your parameters are not a copy of the start but the start itself, and your steps move it. After the call the start is somewhere else."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.asarray(start, dtype=float)
    history = [w.copy()]
    for _ in range(n_steps):
        w -= learning_rate * gradient(w)
        history.append(w.copy())
    return np.array(history)
