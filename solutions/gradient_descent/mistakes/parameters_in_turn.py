"""You move the parameters one after another: the second already sees a gradient at a point where the first has moved. All must move at once, from one gradient."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w.copy()]
    for _ in range(n_steps):
        for i in range(len(w)):
            w[i] = w[i] - learning_rate * gradient(w)[i]
        history.append(w.copy())
    return np.array(history)
