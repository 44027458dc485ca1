"""Is it good? One check for each criterion in course.yaml, on new customers whose labels stay on our side.

Right solutions differ by how they fill and scale, and by what the seed does; tests/test_hidden_chance.py measures how
far they stay above the accuracy that is asked for.
"""

from __future__ import annotations

from customers import labels

from autograder import check


@check(
    each="convergence",
    hint="Are all columns scaled, and the test rows with the numbers of the training rows?",
)
def test_accuracy(submission, problems, criterion):
    """at least {accuracy} of the labels of 1,000 new customers are right"""
    X, y = problems[criterion["problem"]].draw(2000, 4711)
    got = labels(submission, X[:1000], y[:1000], X[1000:], 1)

    share = float((got == y[1000:]).mean())
    assert share >= criterion["accuracy"], (
        f"{share:.1%} of the labels of 1,000 new customers are right; at least {criterion['accuracy']:.0%} is asked for"
    )
