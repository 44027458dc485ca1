"""The numbers in the table. One rate at a time first, then several, so that a mistake in one does not cost the other."""

from __future__ import annotations

import numpy as np
from expect import numbers, same
from instances import NINE, SINGLE
from replay import COARSE
from sweeps import first_off, rows, run

from autograder import check


@check(points=1, hint="Write column 0 before the first step: `loss(w)` at the copy of the start")
def test_first_column(submission, problems):
    """column 0 is the loss at the start"""
    bowl = problems["bowl"]
    for start in ([4, 1.5], np.array([-0.3, 2.7])):  # the first number may be whole, and another one not
        got = submission.learning_rate_sweep(bowl.loss, bowl.gradient, start, [0.1, 0.1], 3)

        first = numbers(got).reshape(-1)[:1]
        assert same(first, [bowl.loss(start)], 1e-6), (
            f"bowl from ({start[0]:g}, {start[1]:g}): the loss there is {bowl.loss(start):.8g}; "
            f"column 0 of the first row is {float(first[0]) if first.size else 'missing'}"
        )


@check(points=2, hint="One step: `w = w - rate * gradient(w)`; then write `loss(w)` into the next column")
def test_losses(submission, problems):
    """column j is the loss after j steps of gradient descent"""
    bowl = problems["bowl"]
    for rate in (0.1, 0.45):
        expected = run(bowl.loss, bowl.gradient, [4.0, 1.0], rate, 5)
        got = submission.learning_rate_sweep(bowl.loss, bowl.gradient, np.array([4.0, 1.0]), [rate], 5)
        row = rows(got, 1, 5, expected[0])[0]
        j = first_off(row, expected)
        if j is not None:
            raise AssertionError(
                f"bowl from (4, 1) with the one learning rate {rate}: after {j} step{'s' * (j != 1)} the loss is "
                f"{expected[j]:.8g}; column {j} of your row is {f'{row[j]:.8g}' if j < len(row) else 'missing'}"
            )
    for instance, rate, n_steps in ((NINE, 0.21, 40), (NINE, 0.013, 25), (SINGLE, 0.35, 12)):
        loss = instance.made.loss
        expected = run(loss, instance.gradient, instance.start, rate, n_steps)
        got = submission.learning_rate_sweep(
            loss, instance.gradient, np.array(instance.start), [rate], n_steps
        )
        j = first_off(rows(got, 1, n_steps, expected[0])[0], expected)
        assert j is None, f"{instance.kind}, one learning rate: column {j} is the first that is off"


@check(points=2, hint="Begin each run at a fresh copy of the start, and write each row with its own rate")
def test_rates_apart(submission, problems):
    """each row is what its own rate alone would give, in the order of `learning_rates`"""
    bowl = problems["bowl"]
    cases = (
        ("bowl from (4, 1)", bowl.loss, bowl.gradient, [4.0, 1.0], [0.1, 0.3, 0.02]),
        (NINE.kind, NINE.made.loss, NINE.gradient, NINE.start, [0.05, 0.2, 0.05, 0.01]),
        (SINGLE.kind, SINGLE.made.loss, SINGLE.gradient, SINGLE.start, [0.4, 0.1]),
    )
    for kind, loss, gradient, start, rates in cases:
        first = loss(np.array(start))
        together = rows(
            submission.learning_rate_sweep(loss, gradient, np.array(start), rates, 4), len(rates), 4, first
        )
        for i, rate in enumerate(rates):
            alone = rows(
                submission.learning_rate_sweep(loss, gradient, np.array(start), [rate], 4), 1, 4, first
            )
            assert same(together[i], alone[0], COARSE), (
                f"{kind}, learning rates {', '.join(map(str, rates))}: row {i} differs from what your function gives "
                f"for the rate {rate} alone"
            )
