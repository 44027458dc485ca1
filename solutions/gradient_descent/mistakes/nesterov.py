"""You ask for the gradient ahead of the present point and carry the last step along: that is Nesterov's momentum. Plain gradient descent asks at the present point."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    velocity = np.zeros_like(w)
    path = [w]
    for _ in range(n_steps):
        velocity = 0.9 * velocity - learning_rate * gradient(w + 0.9 * velocity)
        w = w + velocity
        path.append(w)
    return np.array(path)
