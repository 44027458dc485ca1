"""You round your points to a few decimals: small steps disappear, and the others are off. Round only what you print."""

import numpy as np


def adam(gradient, start, learning_rate=0.001, n_steps=1000, beta1=0.9, beta2=0.999, epsilon=1e-8):
    x = np.array(start, dtype=float)
    first_moment = np.zeros_like(x)
    second_moment = np.zeros_like(x)
    points = [x]
    t = 0
    while t < n_steps:
        t += 1
        dx = gradient(x)
        first_moment = beta1 * first_moment + (1 - beta1) * dx
        second_moment = beta2 * second_moment + (1 - beta2) * dx * dx
        first_unbias = first_moment / (1 - beta1**t)
        second_unbias = second_moment / (1 - beta2**t)
        x = x - learning_rate * first_unbias / (np.sqrt(second_unbias) + epsilon)
        x = np.round(x, 4)
        points.append(x)
    return np.array(points)
