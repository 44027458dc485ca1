"""You add a part of the direction before to the gradient, as much as it has become longer or shorter: that is the method of conjugate gradients. A step is the learning rate times the gradient."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    direction, before = np.zeros_like(w), 0.0
    history = [w]
    for _ in range(n_steps):
        g = np.array(gradient(w))
        size = g @ g
        direction = g + (size / before * direction if before > 0 else 0)
        w, before = w - learning_rate * direction, size
        history.append(w)
    return np.array(history)
