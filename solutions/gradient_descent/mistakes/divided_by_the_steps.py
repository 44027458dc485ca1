"""You divide the gradient by the number of steps: the longer your run, the shorter each step. A step is the learning rate times the gradient and nothing else."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_steps):
        w = w - learning_rate / n_steps * gradient(w)
        history.append(w)
    return np.array(history)
