"""Is it good? One check for each criterion in course.yaml, on new customers whose labels stay on our side.

Right solutions differ by how they fill and scale, and by what the seed does; tests/test_hidden_chance.py measures how
far they stay above the accuracy that is asked for.
"""

from __future__ import annotations

from customers import usual_share

from autograder import check


@check(
    each="convergence",
    hint="Are all columns scaled, and the test rows with the numbers of the training rows?",
)
def test_accuracy(submission, problems, criterion):
    """at least {accuracy} of the labels of new customers are right"""
    customers = problems[criterion["problem"]].draw(1300, 4711)
    share = usual_share(submission, *customers, 1000, criterion["accuracy"])

    assert share >= criterion["accuracy"], (
        f"{share:.1%} of the labels of 300 new customers are right, in the middle one of several trainings with "
        f"different seeds; at least {criterion['accuracy']:.0%} is asked for"
    )
