"""Prints every loss and asks for loss and gradient once more to do so. Catches a check that counts calls or forbids printing."""

import numpy as np


def learning_rate_sweep(loss, gradient, start, learning_rates, n_steps):
    losses = np.zeros((len(learning_rates), n_steps + 1))
    for i, rate in enumerate(learning_rates):
        w = np.array(start, dtype=float)
        losses[i, 0] = loss(w)
        for step in range(1, n_steps + 1):
            print("rate", rate, "loss", loss(w), "slope", np.abs(gradient(w)).max())
            w = w - rate * gradient(w)
            losses[i, step] = loss(w)
    return losses


def best_learning_rate(learning_rates, losses):
    last = np.where(np.isfinite(losses[:, -1]), losses[:, -1], np.inf)
    if np.all(last == np.inf):
        return float("nan")
    return float(learning_rates[np.argmin(last)])
