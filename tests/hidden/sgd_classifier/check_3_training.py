"""How the model is trained: on the rows that are given, from the seed, with the loss and the learning rate asked for."""

from __future__ import annotations

from functools import partial

import numpy as np
from customers import (
    ENOUGH,
    UNSEEN,
    few_customers,
    labels,
    rows_with_holes_count,
    rows_without_effect,
    share_after_another,
    share_with_scales,
)
from trainings import slips

from autograder import check

SEEDS = (12, 13)


@check(points=1, hint="Make and train a new model in every call; learn from X_train and y_train alone")
def test_learns_from_the_training_rows(submission, problems):
    """learns from the training rows that it is given, in every call anew"""
    X, y = problems["housing"].draw(500, 84)
    first = labels(submission, X[:300], y[:300], X[300:], 7)
    turned = labels(submission, X[:300], 1 - y[:300], X[300:], 7)
    again = labels(submission, X[:300], y[:300], X[300:], 7)

    # About 4 % of the labels near the border differ between two trainings.
    kept = np.mean(first == turned)
    assert kept < 0.5, (
        f"the same training rows, once with all their labels turned round: {kept:.0%} of the predicted labels stayed the same"
    )
    changed = np.mean(first != again)
    assert changed < 0.4, (
        f"the same call again, with another one in between: {changed:.0%} of the labels are different"
    )
    run = partial(labels, submission)
    idle = rows_without_effect(run)
    submission.kept["idle rows"] = idle
    assert idle < UNSEEN, (
        f"12 training rows: to turn the label of one of them round changes nothing for {idle} of them, so the model never "
        "sees these rows"
    )
    count = rows_with_holes_count(run)
    submission.kept["rows with holes count"] = count
    assert count, (
        "12 training rows, three of them with a missing value: to turn the label of one of the three round changes nothing, so the "
        "model never sees them"
    )
    if share_with_scales(submission) >= ENOUGH:  # else another check says so
        share = share_after_another(submission)
        assert share >= ENOUGH, (
            f"easy rows, after a call with other ones: {share:.0%} of the labels are right, {ENOUGH:.0%} is the least that is "
            "enough; without that call there are enough. Something lives on from call to call, such as what the columns are scaled with"
        )


@check(points=2, hint="`random_state=seed` belongs to SGDClassifier, and nothing else may be random")
def test_seed(submission, problems):
    """takes its random numbers from `seed`: the same labels for the same seed, others for another"""
    # With 150 training rows two trainings with different seeds differ in about 10 % of 400 labels; that three of
    # them agree in all 400 was never seen to come near: tests/test_hidden_chance.py has the numbers.
    X, y = problems["housing"].draw(550, 85)
    answers = [labels(submission, X[:150], y[:150], X[150:], seed) for seed in (0, 9, 10)]
    again = labels(submission, X[:150], y[:150], X[150:], 0)

    changed = int(np.sum(again != answers[0]))
    assert not changed, f"the same arguments with the same seed give other labels for {changed} of 400 rows"
    assert any(np.any(answers[0] != other) for other in answers[1:]), (
        "three different seeds give the same labels for all of 400 rows: `seed` is not used"
    )


@check(points=2, hint='SGDClassifier(loss="log_loss", learning_rate="optimal", random_state=seed)')
def test_settings(submission, problems):
    """trains with the loss `log_loss` and the learning rate `optimal`, and leaves the other settings as they are"""
    # Never asks for one fixed answer: only labels that are row by row those of a wrong setting, and not those of the
    # right one under any of the usual ways to scale, cost the points.
    X_train, y_train, X_test = few_customers(problems["housing"])
    got = np.concatenate([labels(submission, X_train, y_train, X_test, seed) for seed in SEEDS])

    words = slips(got, problems["housing"], SEEDS)
    assert not words, f"the labels are those that scikit-learn gives with another {words[0]}"
