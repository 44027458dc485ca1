"""You make the steps as long as a part of the parameters themselves, whatever the length of the gradient (a "trust ratio", as in LARS): a step is the learning rate times the gradient."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_steps):
        g = gradient(w)
        size, slope = np.linalg.norm(w), np.linalg.norm(g)
        ratio = size / slope if size > 0 and slope > 0 else 1.0
        w = w - learning_rate * ratio * g
        history.append(w)
    return np.array(history)
