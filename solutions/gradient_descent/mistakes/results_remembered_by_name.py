"""You remember results under the name of the gradient function: another function of the same name gets the old result."""

import numpy as np

results = {}


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    key = getattr(gradient, "__name__", id(gradient)), tuple(w), learning_rate, n_steps
    if key not in results:
        history = [w]
        for _ in range(n_steps):
            w = w - learning_rate * gradient(w)
            history.append(w)
        results[key] = np.array(history)
    return results[key].copy()
