"""Walks by calling itself, half of the steps at a time, so that it is never deep. Catches a check that looks for a loop, or for one call of `gradient` per line of output."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    def walk(w, steps):
        if steps == 0:
            return []
        if steps == 1:
            return [w - learning_rate * gradient(w)]
        first_half = walk(w, steps // 2)
        return first_half + walk(first_half[-1], steps - steps // 2)

    first = np.array(start, dtype=float)
    return np.array([first, *walk(first, n_steps)])
