"""You carry the earlier steps along as long as they point downhill, and forget them else (a momentum with restarts): plain gradient descent uses the present gradient only."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    velocity = np.zeros_like(w)
    history = [w]
    for _ in range(n_steps):
        g = gradient(w)
        velocity = 0.9 * velocity - learning_rate * g
        if velocity @ g > 0:
            velocity = -learning_rate * g
        w = w + velocity
        history.append(w)
    return np.array(history)
