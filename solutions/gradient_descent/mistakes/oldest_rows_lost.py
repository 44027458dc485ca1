"""You keep no more than some number of rows: in a long run the first ones fall out of your history, and the start is no longer there."""

from collections import deque

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = deque([w], maxlen=1000)
    for _ in range(n_steps):
        w = w - learning_rate * gradient(w)
        history.append(w)
    return np.array(history)
