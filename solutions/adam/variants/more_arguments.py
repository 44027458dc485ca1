"""Has further arguments with defaults, which do nothing unless they are used. Catches a check that compares the signature."""

import numpy as np


def adam(
    gradient,
    start,
    learning_rate=1e-3,
    n_steps=1000,
    beta1=0.9,
    beta2=0.999,
    epsilon=1e-08,
    decay=0.0,
    callback=None,
):
    w = np.asarray(start).astype("float64")
    m1 = np.zeros_like(w)
    m2 = np.zeros_like(w)
    out = np.empty((n_steps + 1,) + w.shape)
    out[0] = w
    for t in range(1, n_steps + 1):
        g = gradient(w) + decay * w
        m1 = beta1 * m1 + (1.0 - beta1) * g
        m2 = beta2 * m2 + (1.0 - beta2) * np.power(g, 2)
        w = w - learning_rate * np.divide(
            m1 / (1 - np.power(beta1, t)), np.sqrt(m2 / (1 - np.power(beta2, t))) + epsilon
        )
        out[t] = w
        if callback is not None:
            callback(t, w)
    return out
