"""After every few steps you pull the point back to an earlier one: that is Lookahead. Each step must begin where the one before has ended."""

import numpy as np


def learning_rate_sweep(loss, gradient, start, learning_rates, n_steps):
    losses = np.full((len(learning_rates), n_steps + 1), np.nan)
    for i, rate in enumerate(learning_rates):
        w = np.array(start, dtype=float)
        slow = w
        with np.errstate(all="ignore"):
            losses[i, 0] = loss(w)
            for step in range(1, n_steps + 1):
                w = w - rate * gradient(w)
                if step % 5 == 0:
                    slow = slow + 0.5 * (w - slow)
                    w = slow
                losses[i, step] = loss(w)
    return losses


def best_learning_rate(learning_rates, losses):
    last = np.where(np.isfinite(losses[:, -1]), losses[:, -1], np.inf)
    if np.all(last == np.inf):
        return float("nan")
    return float(learning_rates[np.argmin(last)])
