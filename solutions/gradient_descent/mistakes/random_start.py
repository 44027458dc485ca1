"""You begin at random numbers instead of the start that the caller gives."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    rng = np.random.default_rng(0)
    w = rng.normal(size=len(start))
    history = [w]
    for _ in range(n_steps):
        w = w - learning_rate * gradient(w)
        history.append(w)
    return np.array(history)
