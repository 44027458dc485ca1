"""You take a step back when the gradient has become longer: then your point stays where it was. Every step counts, also one that makes things worse."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_steps):
        candidate = w - learning_rate * gradient(w)
        if np.linalg.norm(gradient(candidate)) <= np.linalg.norm(gradient(w)):
            w = candidate
        history.append(w)
    return np.array(history)
