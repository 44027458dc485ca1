"""`best_learning_rate` takes the rates for a list, with `if not learning_rates`, `.index` or the like: an array of rates stops your code with an error. They may be either."""

import numpy as np


def learning_rate_sweep(loss, gradient, start, learning_rates, n_steps):
    losses = np.full((len(learning_rates), n_steps + 1), np.nan)
    for i, rate in enumerate(learning_rates):
        w = np.array(start, dtype=float)
        with np.errstate(all="ignore"):
            losses[i, 0] = loss(w)
            for step in range(1, n_steps + 1):
                w = w - rate * gradient(w)
                losses[i, step] = loss(w)
    return losses


def best_learning_rate(learning_rates, losses):
    last = np.where(np.isfinite(losses[:, -1]), losses[:, -1], np.inf)
    if np.all(last == np.inf):
        return float("nan")
    pairs = dict(zip(learning_rates, last, strict=True))
    return float(learning_rates[learning_rates.index(min(pairs, key=pairs.get))])
