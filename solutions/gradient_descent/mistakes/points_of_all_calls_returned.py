"""You keep the points in a list outside of your function and never empty it: a second call also gives back the points of the first."""

import numpy as np

points = []


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    points.append(w)
    for _ in range(n_steps):
        w = w - learning_rate * gradient(w)
        points.append(w)
    return np.array([point for point in points if point.shape == w.shape])
