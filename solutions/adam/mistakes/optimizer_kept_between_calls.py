"""The m, v and t of an earlier call are still in use in the next one, in one optimizer object for all calls or in other variables outside the function: every call must begin anew."""

import numpy as np


class Optimizer:
    def __init__(self):
        self.m, self.v, self.t = 0, 0, 0

    def step(self, w, g, rate, beta1, beta2, epsilon):
        self.t += 1
        self.m = beta1 * self.m + (1 - beta1) * g
        self.v = beta2 * self.v + (1 - beta2) * g**2
        m_hat = self.m / (1 - beta1**self.t)
        v_hat = self.v / (1 - beta2**self.t)
        return w - rate * m_hat / (np.sqrt(v_hat) + epsilon)


optimizer = Optimizer()


def adam(gradient, start, learning_rate=0.001, n_steps=1000, beta1=0.9, beta2=0.999, epsilon=1e-8):
    points = [np.array(start, dtype=float)]
    for _ in range(n_steps):
        g = gradient(points[-1])
        points.append(optimizer.step(points[-1], g, learning_rate, beta1, beta2, epsilon))
    return np.array(points)
