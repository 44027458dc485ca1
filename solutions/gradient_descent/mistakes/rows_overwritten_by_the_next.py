"""Your w is a row of the table itself and is moved in place: each row ends as the point that belongs into the row after it, and the start is lost."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    table = np.zeros((n_steps + 1, len(start)))
    table[0] = start
    for row in range(n_steps):
        w = table[row]
        w -= learning_rate * np.array(gradient(w))
        table[row + 1] = w
    return table
