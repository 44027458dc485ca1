"""Your result is not an array of float64, NumPy's normal decimal numbers: what is asked for is `dtype=float`."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=np.longdouble)
    history = [w]
    for _ in range(n_steps):
        w = w - learning_rate * gradient(w.astype(float))
        history.append(w)
    return np.array(history)
