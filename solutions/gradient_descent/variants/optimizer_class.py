"""An optimizer object with a state and a `step` method. Catches a check that allows nothing but one function in the file."""

import numpy as np


class GradientDescent:
    def __init__(self, params, lr):
        self.params = np.array(params, dtype=float)
        self.lr = lr
        self.trace = [self.params.copy()]

    def step(self, grads):
        self.params -= self.lr * grads
        self.trace.append(self.params.copy())


def gradient_descent(gradient, start, learning_rate, n_steps):
    optimizer = GradientDescent(start, learning_rate)
    for _ in range(n_steps):
        optimizer.step(gradient(optimizer.params))
    return np.array(optimizer.trace)
