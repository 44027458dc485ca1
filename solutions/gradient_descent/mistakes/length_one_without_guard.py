"""You divide the gradient by its length: all your steps are equally long, and where the gradient is zero the division gives nan."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    x = np.array(start, dtype=float)
    history = [x]
    for _ in range(n_steps):
        grad = gradient(x)
        x = x - learning_rate * grad / np.linalg.norm(grad)
        history.append(x)
    return np.array(history)
