"""Your moments and t live in global variables: a second call goes on with those of the first, instead of beginning at zero."""

import numpy as np

m = None
v = None
t = 0


def adam(gradient, start, learning_rate=0.001, n_steps=1000, beta1=0.9, beta2=0.999, epsilon=1e-8):
    global m, v, t
    w = np.array(start, dtype=float)
    if m is None or m.shape != w.shape:
        m = np.zeros_like(w)
        v = np.zeros_like(w)
        t = 0
    history = [w]
    for _ in range(n_steps):
        t += 1
        g = gradient(w)
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        m_hat = m / (1 - beta1**t)
        v_hat = v / (1 - beta2**t)
        w = w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon)
        history.append(w)
    return np.array(history)
