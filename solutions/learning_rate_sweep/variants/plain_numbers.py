"""Plain Python numbers for the parameters. Catches a check that compares to the last bit."""

import numpy as np


def learning_rate_sweep(loss, gradient, start, learning_rates, n_steps):
    result = []
    for rate in learning_rates:
        w = [float(value) for value in start]
        row = [loss(np.array(w))]
        for _ in range(n_steps):
            g = gradient(np.array(w))
            w = [a - float(rate) * float(b) for a, b in zip(w, g)]
            row.append(loss(np.array(w)))
        result.append(row)
    return np.array(result, dtype=float)


def best_learning_rate(learning_rates, losses):
    good = [i for i in range(len(losses)) if np.isfinite(losses[i][-1])]
    if not good:
        return float("nan")
    return learning_rates[min(good, key=lambda i: losses[i][-1])]
