"""Asks the served function for values that are no numbers.

Wants: a decoder, or the check's own function, that trips on our side.
Evidence: a check that is broken; points.
"""
ODD = [None, "x" * 10**6, np.zeros(10**6), [[[[]]]], {"a": 1}, object(), np.array([print], dtype=object), 1 << 10**5, b"\0", float("nan")]


def descend(gradient, start, learning_rate, n_steps):
    for value in ODD:
        for arguments in ((value,), (value, value), ()):
            try:
                gradient(*arguments)
            except Exception:
                pass
        try:
            gradient(start, **{"w": value, "x" * 1000: value})
        except Exception:
            pass
    return np.zeros((5, 2))
