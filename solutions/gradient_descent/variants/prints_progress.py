"""Prints the gradient and asks for it once more to do so. Catches a check that counts the calls of `gradient` or reads what is printed."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = np.empty((n_steps + 1, w.size))
    history[0] = w
    print("start", w, "gradient", gradient(w))
    for step in range(1, n_steps + 1):
        w = w - learning_rate * gradient(w)
        history[step] = w
        if step % 100 == 0:
            print(f"step {step}: w = {w}, |g| = {np.linalg.norm(gradient(w)):.3g}")
    return history
