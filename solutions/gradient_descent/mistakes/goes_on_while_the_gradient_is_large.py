"""You go on only while the gradient is larger than some number: exactly n_steps steps are asked for. Your run also ends as soon as numbers become nan, since no comparison with nan is true."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    while len(history) <= n_steps and np.linalg.norm(gradient(w)) > 1e-6:
        w = w - learning_rate * gradient(w)
        history.append(w)
    return np.array(history)
