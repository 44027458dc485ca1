"""An optimizer object with a state and a `step` method. Catches a check that allows nothing but one function in the file, or takes any kept state for state between calls."""

import numpy as np


class Adam:
    def __init__(self, params, lr, betas, eps):
        self.params = np.array(params, dtype=float)
        self.lr, self.betas, self.eps = lr, betas, eps
        self.m = np.zeros_like(self.params)
        self.v = np.zeros_like(self.params)
        self.t = 0

    def step(self, grads):
        b1, b2 = self.betas
        self.t += 1
        self.m = b1 * self.m + (1 - b1) * grads
        self.v = b2 * self.v + (1 - b2) * grads**2
        m_hat = self.m / (1 - b1**self.t)
        v_hat = self.v / (1 - b2**self.t)
        self.params = self.params - self.lr * m_hat / (np.sqrt(v_hat) + self.eps)


def adam(gradient, start, learning_rate=0.001, n_steps=1000, beta1=0.9, beta2=0.999, epsilon=1e-8):
    optimizer = Adam(start, learning_rate, (beta1, beta2), epsilon)
    history = [optimizer.params]
    for _ in range(n_steps):
        optimizer.step(gradient(optimizer.params))
        history.append(optimizer.params)
    return np.array(history)
