"""You put points in the middle of the run into the history twice, where one part of it ends and the next begins: leave the first point of the later part out."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    def walk(w, k):
        if k <= 1:
            return [w, w - learning_rate * gradient(w)][: k + 1]
        first = walk(w, k // 2)
        return first + walk(first[-1], k - k // 2)

    return np.array(walk(np.array(start, dtype=float), n_steps))
