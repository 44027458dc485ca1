"""Programs that somebody else could have handed in: right ones in styles of their own, and one slip in each of them."""

from __future__ import annotations

ADAM_WITH_A_DICT = """
import numpy as np
def adam(gradient, start, learning_rate=0.001, n_steps=1000, beta1=0.9, beta2=0.999, epsilon=1e-8):
    params = np.asarray(start, dtype=np.float64).copy()
    state = {"m": np.zeros(params.shape), "v": np.zeros(params.shape), "t": 0}
    trace = [params.copy()]
    while state["t"] < n_steps:
        state["t"] += 1
        grads = gradient(params)
        state["m"] = beta1 * state["m"] + (1.0 - beta1) * grads
        state["v"] = beta2 * state["v"] + (1.0 - beta2) * np.square(grads)
        mhat = state["m"] / (1.0 - np.power(beta1, state["t"]))
        vhat = state["v"] / (1.0 - np.power(beta2, state["t"]))
        params = params - learning_rate * mhat / (np.sqrt(vhat) + epsilon)
        trace.append(params.copy())
    return np.stack(trace)
"""

ADAM_WITH_LISTS = """
import numpy as np
import math
def adam(gradient, start, learning_rate=0.001, n_steps=1000, beta1=0.9, beta2=0.999, epsilon=1e-8):
    x = [float(s) for s in start]
    ms = [0.0 for _ in x]
    vs = [0.0 for _ in x]
    out = [list(x)]
    for k in range(n_steps):
        step = k + 1
        g = list(gradient(np.array(x)))
        new = []
        for i, xi in enumerate(x):
            ms[i] = beta1 * ms[i] + (1 - beta1) * g[i]
            vs[i] = beta2 * vs[i] + (1 - beta2) * (g[i] ** 2)
            mh = ms[i] / (1 - beta1 ** step)
            vh = vs[i] / (1 - beta2 ** step)
            new.append(xi - learning_rate * mh / (math.sqrt(vh) + epsilon))
        x = new
        out.append(list(x))
    return np.array(out, dtype=float)
"""

ADAM_AS_A_CLASS = """
import numpy as np
class Adam:
    def __init__(self, n, lr, b1, b2, eps):
        self.lr, self.b1, self.b2, self.eps = lr, b1, b2, eps
        self.m = np.zeros(n)
        self.v = np.zeros(n)
        self.iterations = 0
    def step(self, theta, g):
        self.iterations += 1
        self.m += (1 - self.b1) * (g - self.m)
        self.v += (1 - self.b2) * (g * g - self.v)
        c1 = 1 - self.b1 ** self.iterations
        c2 = 1 - self.b2 ** self.iterations
        return theta - self.lr * (self.m / c1) / (np.sqrt(self.v / c2) + self.eps)
def adam(gradient, start, learning_rate=0.001, n_steps=1000, beta1=0.9, beta2=0.999, epsilon=1e-8):
    theta = np.array(start, dtype=float)
    opt = Adam(theta.size, learning_rate, beta1, beta2, epsilon)
    path = np.zeros((n_steps + 1, theta.size))
    path[0] = theta
    for i in range(n_steps):
        theta = opt.step(theta, gradient(theta))
        path[i + 1] = theta
    return path
"""

ADAM_IN_PLACE = """
import numpy as np
def adam(gradient, start, learning_rate=0.001, n_steps=1000, beta1=0.9, beta2=0.999, epsilon=1e-8):
    w = np.array(start, dtype=float)
    m1 = np.zeros_like(w)
    m2 = np.zeros_like(w)
    results = [np.copy(w)]
    b1t, b2t = 1.0, 1.0
    for _ in range(n_steps):
        d = np.array(gradient(w), dtype=float)
        b1t *= beta1
        b2t *= beta2
        m1 *= beta1
        m1 += (1 - beta1) * d
        m2 *= beta2
        m2 += (1 - beta2) * d * d
        denom = np.sqrt(m2 / (1 - b2t)) + epsilon
        w -= learning_rate * (m1 / (1 - b1t)) / denom
        results.append(np.copy(w))
    return np.vstack(results)
"""

ADAM_OF_HELPERS = """
import numpy as np
def adam(gradient, start, learning_rate=0.001, n_steps=1000, beta1=0.9, beta2=0.999, epsilon=1e-8):
    def ema(old, new, decay):
        return decay * old + (1 - decay) * new
    def debias(avg, decay, t):
        return avg / (1 - decay ** t)
    theta = np.array([float(s) for s in start])
    first, second = np.zeros(len(theta)), np.zeros(len(theta))
    history = np.empty((n_steps + 1, len(theta)))
    history[0, :] = theta
    for t in np.arange(1, n_steps + 1):
        grad = np.asarray(gradient(theta))
        first = ema(first, grad, beta1)
        second = ema(second, grad ** 2, beta2)
        update = debias(first, beta1, t) / (np.sqrt(debias(second, beta2, t)) + epsilon)
        theta = theta - learning_rate * update
        history[t, :] = theta
    return history
"""

ADAM_WITH_ONE_RATE = """
import numpy as np
def adam(gradient, start, learning_rate=0.001, n_steps=1000, beta1=0.9, beta2=0.999, epsilon=1e-8):
    pos = np.array(start, dtype="float64")
    mom, var = 0.0 * pos, 0.0 * pos
    rows = []
    rows.append(pos)
    for it in range(1, n_steps + 1):
        slope = gradient(pos)
        mom = mom * beta1 + slope * (1 - beta1)
        var = var * beta2 + slope ** 2 * (1 - beta2)
        root = np.sqrt(1 - beta2 ** it)
        rate = learning_rate * root / (1 - beta1 ** it)
        pos = pos - rate * mom / (np.sqrt(var) + epsilon * root)
        rows.append(pos)
    return np.array(rows)
"""

DESCENT = """
import numpy as np
def gradient_descent(gradient, start, learning_rate, n_steps):
    x = np.array(start, dtype=float)
    xs = [x.copy()]
    for i in range(n_steps):
        grad = np.asarray(gradient(x))
        x = x - learning_rate * grad
        xs.append(x.copy())
    return np.array(xs)
"""

DESCENT_IN_A_TABLE = """
import numpy as np
def gradient_descent(gradient, start, learning_rate, n_steps):
    theta = np.zeros((n_steps + 1, len(start)))
    theta[0, :] = start
    for k in range(1, n_steps + 1):
        theta[k, :] = theta[k - 1, :] - learning_rate * gradient(theta[k - 1, :])
    return theta
"""

DESCENT_IN_PLACE = """
import numpy as np
def gradient_descent(gradient, start, learning_rate, n_steps):
    position = np.array(start, dtype=float)
    path = []
    path.append(position.copy())
    count = 0
    while count < n_steps:
        position -= learning_rate * gradient(position)
        path.append(position.copy())
        count += 1
    return np.vstack(path)
"""

DESCENT_WITH_LISTS = """
import numpy as np
def gradient_descent(gradient, start, learning_rate, n_steps):
    point = [float(c) for c in start]
    history = [tuple(point)]
    for _ in range(n_steps):
        slope = gradient(np.array(point))
        point = [p - learning_rate * s for p, s in zip(point, slope)]
        history.append(tuple(point))
    return np.array(history, dtype=float)
"""

DESCENT_AS_A_CLASS = """
import numpy as np
class Descent:
    def __init__(self, w0, eta):
        self.w = np.array(w0, dtype=float)
        self.eta = eta
        self.log = [np.array(self.w)]
    def step(self, grad):
        delta = -self.eta * grad(self.w)
        self.w = self.w + delta
        self.log.append(np.array(self.w))
def gradient_descent(gradient, start, learning_rate, n_steps):
    d = Descent(start, learning_rate)
    for _ in range(n_steps):
        d.step(gradient)
    return np.asarray(d.log)
"""

RIGHT = {
    "adam": (
        ADAM_WITH_A_DICT,
        ADAM_WITH_LISTS,
        ADAM_AS_A_CLASS,
        ADAM_IN_PLACE,
        ADAM_OF_HELPERS,
        ADAM_WITH_ONE_RATE,
    ),
    "gradient_descent": (
        DESCENT,
        DESCENT_IN_A_TABLE,
        DESCENT_IN_PLACE,
        DESCENT_WITH_LISTS,
        DESCENT_AS_A_CLASS,
    ),
}

# The program, what is replaced in it by what, and the known mistake that this is.
SLIPS = {
    "adam": (
        (ADAM_WITH_A_DICT, "np.sqrt(vhat) + epsilon", "np.sqrt(vhat + epsilon)", "epsilon_inside_the_root"),
        (
            ADAM_WITH_A_DICT,
            "(1.0 - beta2) * np.square",
            "(1.0 - beta1) * np.square",
            "v_with_one_minus_beta1",
        ),
        (ADAM_WITH_A_DICT, "learning_rate * mhat", "0.02 * mhat", "rate_always_the_default"),
        (
            ADAM_WITH_A_DICT,
            "grads = gradient(params)\n",
            "grads = np.clip(gradient(params), -7, 7)\n",
            "gradient_clipped",
        ),
        (ADAM_WITH_A_DICT, "np.stack(trace)", "trace", "list_returned"),
        (ADAM_WITH_A_DICT, "np.stack(trace)", "np.stack(trace[-700:])", "oldest_rows_lost"),
        (
            ADAM_WITH_A_DICT,
            "        trace.append(params.copy())\n",
            "        trace.append(params.copy())\n" * 2,
            "every_row_twice",
        ),
        (ADAM_WITH_A_DICT, "(np.sqrt(vhat)", "(np.square(vhat)", "square_instead_of_root"),
        (
            ADAM_WITH_A_DICT,
            "np.power(beta2, state",
            "np.power(beta2, 2 * state",
            "power_of_beta2_grows_twice",
        ),
        (ADAM_WITH_LISTS, "step = k + 1", "step = k", "t_from_zero"),
        (ADAM_WITH_LISTS, "math.sqrt(vh) + epsilon", "max(math.sqrt(vh), epsilon)", "epsilon_as_a_floor"),
        (ADAM_WITH_LISTS, "            vh = vs[i] /", "            vs[i] = vh = vs[i] /", "corrected_v_kept"),
        (ADAM_AS_A_CLASS, "self.iterations = 0", "self.iterations = 1", "t_one_ahead"),
        (ADAM_AS_A_CLASS, "lr, b1, b2, eps):", "lr, b2, b1, eps):", "betas_exchanged"),
        (
            ADAM_AS_A_CLASS,
            "        c1 = 1 - self.b1 ** self.iterations\n        c2 = 1 - self.b2 ** self.iterations",
            "        c1 = c2 = 1",
            "no_bias_correction",
        ),
        (
            ADAM_IN_PLACE,
            "results.append(np.copy(w))\n    return",
            "results.append(w)\n    return",
            "one_array_after_the_start",
        ),
        (
            ADAM_IN_PLACE,
            "np.sqrt(m2 / (1 - b2t)) + epsilon",
            "np.sqrt(np.mean(m2) / (1 - b2t)) + epsilon",
            "one_v_for_all_mean",
        ),
        (ADAM_OF_HELPERS, "avg / (1 - decay ** t)", "avg / (1 - decay)", "correction_without_power"),
        (ADAM_OF_HELPERS, "learning_rate * update", "learning_rate * 0.98 ** t * update", "rate_shrinks"),
        (ADAM_WITH_ONE_RATE, "epsilon * root", "epsilon", "epsilon_before_the_correction"),
        (ADAM_WITH_ONE_RATE, "beta1=0.9,", "beta1=0.95,", "default_beta1"),
    ),
    "gradient_descent": (
        (DESCENT, "x - learning_rate", "x + learning_rate", "ascent"),
        (DESCENT, "learning_rate * grad", "0.05 * grad", "rate_always_the_same"),
        (
            DESCENT,
            "        x = x -",
            "        if np.linalg.norm(grad) < 1e-4:\n            break\n        x = x -",
            "stops_at_a_small_gradient",
        ),
        (
            DESCENT,
            "        x = x -",
            "        grad = np.clip(grad, -3, 3)\n        x = x -",
            "entries_clipped",
        ),
        (DESCENT, "        xs.append", "        learning_rate *= 0.8\n        xs.append", "rate_shrinks"),
        (DESCENT_IN_A_TABLE, "range(1, n_steps + 1)", "range(1, n_steps)", "last_row_empty"),
        (DESCENT_IN_A_TABLE, "    return theta", "    return theta[1:]", "start_missing"),
        (DESCENT_IN_A_TABLE, "range(1, n_steps + 1)", "range(1, n_steps - 1)", "last_two_rows_empty"),
        # np.empty is filled with nan beside students' code, where the known mistake has zeros
        (
            DESCENT_IN_A_TABLE.replace("np.zeros", "np.empty"),
            "range(1, n_steps + 1)",
            "range(1, n_steps)",
            "last_row_empty",
        ),
        (
            DESCENT_AS_A_CLASS,
            "        d.step(gradient)\n",
            "        d.step(gradient)\n" * 2,
            "twice_as_many_steps",
        ),
        (DESCENT_WITH_LISTS, "range(n_steps)", "range(n_steps or 300)", "default_for_no_steps"),
        (
            DESCENT_IN_PLACE,
            "        path.append(position.copy())\n        count",
            "        path += [position.copy(), position.copy()]\n        count",
            "every_row_twice",
        ),
        (
            DESCENT_IN_PLACE,
            "    return np.vstack(path)",
            "    return np.vstack(path[-901:])",
            "oldest_rows_lost",
        ),
        (
            DESCENT.replace("xs = [", "seen = {}\n    xs = ["),
            "grad = np.asarray(gradient(x))",
            "grad = seen.setdefault(str(np.round(x, 5)), np.array(gradient(x)))",
            "gradient_of_a_rounded_point_remembered",
        ),
        (
            DESCENT,
            "        x = x -",
            "        if not grad.any():\n            grad = grad + 0.125\n        x = x -",
            "pushed_where_the_gradient_is_zero",
        ),
        (
            DESCENT,
            "        xs.append",
            "        learning_rate *= 0.9 if i % 150 == 149 else 1\n        xs.append",
            "rate_halved_after_many_steps",
        ),
        (DESCENT_IN_PLACE, "np.array(start, dtype=float)", "np.array(start)", "whole_numbers_refused"),
        (DESCENT_IN_PLACE, "np.array(start, dtype=float)", "np.asarray(start, dtype=float)", "start_changed"),
        (
            DESCENT_IN_PLACE,
            "    count = 0\n    while count < n_steps:\n        position -= learning_rate * gradient(position)",
            "    count, pace = 0, 0\n    while count < n_steps:\n        pace = 0.7 * pace + learning_rate * gradient(position)\n        position -= pace",
            "momentum",
        ),
        (DESCENT_WITH_LISTS, "p - learning_rate * s", "p - learning_rate * sum(slope)", "same_step_for_all"),
        (
            DESCENT_AS_A_CLASS,
            "class Descent:\n    def __init__(self, w0, eta):\n        self.w = np.array(w0, dtype=float)\n        self.eta = eta\n        self.log = [np.array(self.w)]",
            "class Descent:\n    log = []\n    def __init__(self, w0, eta):\n        self.w = np.array(w0, dtype=float)\n        self.eta = eta\n        self.log.append(np.array(self.w))",
            "history_kept_between_calls",
        ),
    ),
}
