"""You take no more than some number of steps of your own choice: exactly n_steps steps are asked for, however many they are."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(min(n_steps, 1000)):
        w = w - learning_rate * gradient(w)
        history.append(w)
    return np.array(history)
