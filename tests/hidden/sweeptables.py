"""Tables of losses from which the best rate is to be chosen, each with what it shows, and the rates that belong to it."""

from __future__ import annotations

import numpy as np

INF, NAN = np.inf, np.nan

TABLES: dict[str, tuple[list[float], list[list[float]]]] = {
    "losses that fall": ([0.3, 0.02138, 0.1, 0.05], [[8, 7, 6], [8, 4, 2], [8, 6, 5], [8, 7, 3]]),
    "a rate that was lower on the way": ([0.9, 0.1, 0.2], [[8, 0.5, 7], [8, 5, 3], [8, 3.5, 4]]),
    "a row that is low on average": ([0.9, 0.1, 0.2], [[1, 1, 6], [9, 9, 5], [4, 8, 5.5]]),
    "a steep fall": ([0.9, 0.1, 0.2], [[90, 50, 6], [9, 5.5, 5], [7, 7, 5.5]]),
    "a deep fall": ([0.9, 0.1, 0.2, 0.4], [[9000, 101, 100], [900, 7, 6], [700, 6, 5.5], [7.5, 6.5, 6]]),
    "losses below zero": ([0.1, 0.7, 0.4], [[2, -1, -2], [2, -4, -6], [2, -9, 1]]),
    "equal losses": ([0.5, 0.3, 0.2, 0.7], [[9, 8], [9, 2], [9, 2], [9, 2]]),
    "equal losses at once": ([0.2, 0.4, 0.1], [[9, 2], [9, 2], [9, 2]]),
    "losses above those of the start": ([0.3, 0.1], [[5, 9], [5, 7]]),
    "large losses": ([0.1, 0.9], [[5, 1e250], [5, 1e300]]),
    "nan first": ([0.4, 0.3, 0.6], [[5, NAN], [5, 3], [5, 4]]),
    "nan in between": ([0.4, 0.3, 0.6], [[5, 4], [5, NAN], [5, 3]]),
    "inf among them": ([0.4, 0.3, 0.6], [[5, INF], [5, 4], [5, 3]]),
    "inf at the largest rate": ([0.4, 0.3, 0.6], [[5, 4], [5, 3], [5, INF]]),
    "nan beside losses below zero": ([0.4, 0.3, 0.6], [[5, -1], [5, NAN], [5, -2]]),
    "lower before it diverged": ([0.4, 0.3], [[5, 1, INF], [5, 4, 3]]),
    "minus inf": ([0.4, 0.3, 0.6], [[5, -INF], [5, 4], [5, 3]]),
    "a loss of zero": ([0.4, 0.3, 0.6], [[5, 3], [5, 0], [5, 2]]),
    "second last": ([0.9, 0.1, 0.2], [[9, 1, 6], [9, 3, 5], [9, 2, 5.5]]),
    "nearly equal losses": ([0.1, 0.2, 0.3], [[9, 2 + 1e-7], [9, 2], [9, 3]]),
    "inf on the way": ([0.4, 0.1, 0.2], [[9, 5, 4], [9, INF, 3], [9, 6, 5]]),
    "lowest after one step": ([0.4, 0.1, 0.2], [[9, 3, 5, 4], [9, 5, 6, 3], [9, 6, 7, 5]]),
    "only nan": ([3.0, 2.0], [[5, NAN], [5, NAN]]),
    "only inf": ([3.0, 2.0, 4.0], [[5, INF], [5, INF], [5, INF]]),
    "inf and nan": ([0.5, 0.1], [[5, INF], [5, NAN]]),
}
