"""You stop when the sum of the gradient's entries is near zero: a large positive and a large negative entry cancel, so you may stop anywhere. No early stop is asked for at all."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for i in range(n_steps):
        g = gradient(w)
        if abs(sum(g)) < 1e-6:
            break
        w = w - learning_rate * g
        history.append(w)
    return np.array(history)
