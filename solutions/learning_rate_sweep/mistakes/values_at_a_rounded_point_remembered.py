"""You remember losses or gradients by the rounded point: where points lie close together, all of them get what belongs to the first. Ask at each point itself."""

import numpy as np


def learning_rate_sweep(loss, gradient, start, learning_rates, n_steps):
    rows, known = [], {}
    for rate in learning_rates:
        w = np.array(start, dtype=float)
        row = [loss(w)]
        with np.errstate(all="ignore"):
            for _ in range(n_steps):
                place = tuple(np.round(w, 6))
                if place not in known:
                    known[place] = np.array(gradient(w), dtype=float)
                w = w - rate * known[place]
                row.append(loss(w))
        rows.append(row)
    return np.array(rows, dtype=float)


def best_learning_rate(learning_rates, losses):
    last = np.where(np.isfinite(losses[:, -1]), losses[:, -1], np.inf)
    if np.all(last == np.inf):
        return float("nan")
    return float(learning_rates[np.argmin(last)])
