"""Calls the served function from within odd places: a `__del__`, a sort, an `__array__`, another thread.

Wants: two questions at once on one channel.
Evidence: a check that is broken; points.
"""
import threading


def descend(gradient, start, learning_rate, n_steps):
    class Asks:
        def __array__(self, dtype=None, copy=None):
            return np.asarray(gradient(start))

        def __del__(self):
            try:
                gradient(start)
            except Exception:
                pass

    for _ in range(20):
        try:
            gradient(Asks())
            threading.Thread(target=gradient, args=(start,)).start()
            sorted([2, 1, 3], key=lambda _: float(np.sum(gradient(start))))
        except Exception:
            pass
    return [Asks(), Asks()]
