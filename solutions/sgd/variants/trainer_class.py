"""A class with loader and optimizer, as in the large libraries. Catches a check that allows nothing but one function in the file."""

import numpy as np


class Loader:
    def __init__(self, X, y, batch_size, rng):
        self.X, self.y, self.batch_size, self.rng = X, y, batch_size, rng

    def __iter__(self):
        order = np.arange(len(self.X))
        self.rng.shuffle(order)
        for i in range(0, len(order), self.batch_size):
            idx = order[i : i + self.batch_size]
            yield self.X[idx], self.y[idx]


class SGD:
    def __init__(self, params, lr):
        self.params = params
        self.lr = lr

    def step(self, grad):
        self.params -= self.lr * grad


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    optimizer = SGD(np.array(start, dtype=float), learning_rate)
    loader = Loader(X, y, batch_size, rng)
    history = [optimizer.params.copy()]
    for _ in range(n_epochs):
        for X_batch, y_batch in loader:
            optimizer.step(gradient(optimizer.params, X_batch, y_batch))
        history.append(optimizer.params.copy())
    return np.stack(history)
