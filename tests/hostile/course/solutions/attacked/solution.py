"""CANARY-SOLUTION-77aa: the right functions."""

import numpy as np


def moving_average(values, window):
    values = np.array(values, dtype=float)
    return np.array([values[i : i + window].mean() for i in range(max(len(values) - window + 1, 0))], dtype=float)


def descend(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    path = [w.copy()]
    for _ in range(n_steps):
        w = w - learning_rate * np.asarray(gradient(w))
        path.append(w.copy())
    return np.array(path)


def initials(text):
    return "".join(word[0] for word in text.split())


def loot():
    return {"taken": "", "tried": ""}
