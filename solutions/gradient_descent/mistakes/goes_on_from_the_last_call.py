"""Your second call goes on where the first one ended: the parameters live in a global variable, so the new start is not used."""

import numpy as np

w = None


def gradient_descent(gradient, start, learning_rate, n_steps):
    global w
    if w is None or len(w) != len(start):
        w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_steps):
        w = w - learning_rate * gradient(w)
        history.append(w)
    return np.array(history)
