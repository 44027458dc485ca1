"""You cut the run into two halves of n // 2 steps: when the number of steps is odd, a step is lost, again and again."""

import numpy as np


def steps(gradient, w, learning_rate, n):
    if n == 0:
        return []
    if n == 1:
        return [w - learning_rate * gradient(w)]
    first = steps(gradient, w, learning_rate, n // 2)
    return first + steps(gradient, first[-1], learning_rate, n // 2)


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    return np.array([w, *steps(gradient, w, learning_rate, n_steps)])
