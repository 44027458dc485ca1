"""Asks for the gradient at the last point too, after the last step. Catches a check that takes the number of gradient calls for the number of steps."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    theta = np.array(start, dtype="float64")
    thetas = [theta]
    g = gradient(theta)
    for i in range(n_steps):
        theta = theta - learning_rate * g
        thetas.append(theta)
        g = gradient(theta)
    return np.asarray(thetas)
