"""You divide by the gradient or by the learning rate where you must multiply: steep slopes get tiny steps and flat ones huge ones."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_steps):
        w = w - learning_rate / gradient(w)
        history.append(w)
    return np.array(history)
