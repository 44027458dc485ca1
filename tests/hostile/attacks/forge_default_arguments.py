"""Changes the code of functions through their defaults, their code objects and their signature.

Wants: a harness that calls what it looked up before.
Evidence: points; a check that is broken.
"""


def moving_average(values, window, *, _calls=[]):
    _calls.append(1)
    moving_average.__code__ = (lambda values, window, *, _calls=0: np.ones(5)).__code__
    moving_average.__signature__ = property(lambda s: 1 / 0)
    return np.zeros(5)


def descend(gradient, start, learning_rate, n_steps, /, *a, **k):
    return moving_average([1] * 6, 2)


descend.__call__ = lambda *a: 1 / 0
