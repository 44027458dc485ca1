"""You remember gradients by the rounded point: where points lie close together, all of them get the gradient of the first. Ask for the gradient at each point itself."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history, known = [w], {}
    for _ in range(n_steps):
        place = tuple(np.round(w, 6))
        if place not in known:
            known[place] = np.array(gradient(w), dtype=float)
        w = w - learning_rate * known[place]
        history.append(w)
    return np.array(history)
