"""You take the gradient at the point where a first trial step ends, not at the present point. So your steps are those of another method that looks ahead."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_steps):
        w_next = w - learning_rate * gradient(w)
        grad = gradient(w_next)
        w = w - learning_rate * grad
        history.append(w)
    return np.array(history)
