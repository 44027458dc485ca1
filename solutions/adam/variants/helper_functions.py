"""One small function for each part. Catches a check that allows nothing but one function in the file."""

import numpy as np


def running_average(old, new, beta):
    return beta * old + (1 - beta) * new


def corrected(average, beta, t):
    return average / (1 - beta**t)


def adam(gradient, start, learning_rate=0.001, n_steps=1000, beta1=0.9, beta2=0.999, epsilon=1e-8):
    w = np.array(start, dtype=float)
    m = v = np.zeros(len(w))
    history = [w]
    for t in range(1, n_steps + 1):
        g = gradient(w)
        m = running_average(m, g, beta1)
        v = running_average(v, g**2, beta2)
        w = w - learning_rate * corrected(m, beta1, t) / (np.sqrt(corrected(v, beta2, t)) + epsilon)
        history.append(w)
    return np.array(history)
