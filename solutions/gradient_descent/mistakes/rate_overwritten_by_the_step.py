"""You overwrite the learning rate with the step itself, so that the next step multiplies all the earlier gradients: give the step a name of its own."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_steps):
        learning_rate = learning_rate * gradient(w)
        w = w - learning_rate
        history.append(w)
    return np.array(history)
