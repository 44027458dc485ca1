"""You remember the gradient of a point from one call to the next: another gradient function then gets the old values."""

import numpy as np

known = {}


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_steps):
        place = w.tobytes()
        if place not in known:
            known[place] = np.array(gradient(w), dtype=float)
        w = w - learning_rate * known[place]
        history.append(w)
    return np.array(history)
