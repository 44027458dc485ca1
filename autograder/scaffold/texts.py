"""What a new course, lesson, exercise or question begins with. `NAME` and `TITLE` stand for those of an exercise."""

from __future__ import annotations

COURSE = """\
# yaml-language-server: $schema=course.schema.json
# `autograde validate` checks this file; docs/course-format.md of autograde explains every key.
format: 1
course: {{id: {id}, title: {title}}}

grading:
  attempts: last    # of several hand-ins the last counts; `best` is the other choice

limits: {{memory: 1 GiB, seconds_per_check: 10, seconds: 60}}
"""

IGNORED = """\
/classroom/
/results/
__pycache__/
.ipynb_checkpoints/
"""

LESSON = """\
id: {id}
title: {title}
"""

LESSON_TEXT = """\
# {title}

Say in one sentence what students can do after this lesson. Then explain it with an example.
"""

CODE_EXERCISE = """\
id: {id}
type: code
title: {title}
functions: [{id}]
"""

TEXT_EXERCISE = """\
id: {id}
type: text
title: {title}
question: Why is the average of many measurements better than a single one?
points: 2
concepts:
  - id: errors
    points: 1
    label: errors of single measurements cancel out
    any: [error|errors|noise cancel|cancels|even_out|smaller]
  - id: outlier
    points: 1
    label: one unusual value counts for less
    any: [outlier|outliers|unusual|extreme]
examples:
  - {{answer: The errors cancel out., items: [errors]}}
  - {{answer: A single outlier matters less., items: [outlier]}}
"""

EXERCISE_FILES = {
    "course/exercises/{id}/task.md": """\
## Exercise: TITLE

Write `NAME(values)`. It returns the average of a list of numbers. The list has at least one number and stays as it is.

`NAME([1, 2, 6])` is `3`.

1. **Add up** the values.
2. **Divide** by how many they are, and return the result.
""",
    "course/exercises/{id}/starter.py": '''\
def NAME(values):
    """Return the average of a list of numbers.

    values   a list of one number or more; it stays as it is
    """
    # Part 1: add up the values.
    # Part 2: divide by how many they are, and return the result.
    raise NotImplementedError("NAME: write parts 1 and 2")
''',
    "course/exercises/{id}/visible_checks.py": """\
def check_NAME():
    given = NAME([1, 2, 6])

    assert given == 3, f"the average of 1, 2 and 6 is 3; yours is {given}"
    print("NAME: all visible checks pass")


try:
    check_NAME()
except NotImplementedError as todo:
    print("Not written yet -", todo)
""",
    "course/exercises/{id}/hints.md": """\
## Part 1

`sum(values)` adds them up.

## Part 2

`len(values)` says how many they are.
""",
    "tests/hidden/{id}/check_{id}.py": '''\
"""What `NAME` must do. Each check brings the numbers that it expects; its docstring is what students read."""

from __future__ import annotations

from autograder import check
from autograder.sandbox import Lent


def number(got):
    """The result as a number, or a sentence about what it is instead."""
    assert isinstance(got, int | float), f"the result must be a number, not a {type(got).__name__}"
    return got


@check(points=2, hint="add up the values and divide by how many they are")
def test_average(submission):
    """gives the average"""
    for values, expected in (([2, 3], 2.5), ([1, 2, 6], 3), ([-4, 4, 3, 5], 2)):
        got = number(submission.NAME(values))
        assert abs(got - expected) < 1e-9, f"the average of {values} is {expected}, not {got:.6g}"


@check(points=1, hint="a value that occurs twice counts twice")
def test_repeated(submission):
    """counts a value as often as it occurs"""
    got = number(submission.NAME([2, 2, 5]))
    assert got == 3, f"the average of [2, 2, 5] is 3, not {got:.6g}"


@check(points=1, needs=["test_average"], hint="do not remove anything from the list that you are given")
def test_values_stay(submission):
    """leaves the list of the caller alone"""
    values = Lent([1, 2, 6])
    first, again = number(submission.NAME(values)), number(submission.NAME(values))
    assert first == again and not values.changed, "the same list, given once more, has another average: it was changed"
''',
    "solutions/{id}/solution.py": """\
def NAME(values):
    return sum(values) / len(values)
""",
    "solutions/{id}/variants/loop.py": '''\
"""Adds up in a loop."""


def NAME(values):
    total = 0.0
    for value in values:
        total += value
    return total / len(values)
''',
    "solutions/{id}/mistakes/one_too_few.py": '''\
"""You divide by one less than the number of values"""


def NAME(values):
    return sum(values) / (len(values) - 1)
''',
    "solutions/{id}/mistakes/each_value_once.py": '''\
"""You count equal values only once"""


def NAME(values):
    return sum(set(values)) / len(set(values))
''',
    "solutions/{id}/mistakes/rounded_down.py": '''\
"""`//` rounds down: divide with `/`"""


def NAME(values):
    return sum(values) // len(values)
''',
    "solutions/{id}/mistakes/empties_the_list.py": '''\
"""You take the values out of the list that you are given: go through it with `for` and leave it as it is"""


def NAME(values):
    count, total = len(values), 0
    while values:
        total += values.pop()
    return total / count
''',
}

QUESTIONS = {
    "single-choice": """\
id: {id}
type: single-choice
question: What is the average of 1, 2 and 6?
points: 1
options:
  - {{text: "2", feedback: That is the value in the middle.}}
  - {{text: "3", right: true}}
  - {{text: "9", feedback: That is the sum.}}
feedback: {{right: "(1 + 2 + 6) / 3 = 3"}}
""",
    "several-choices": """\
id: {id}
type: several-choices
question: Which of these lists have the average 3?
points: 2
options:
  - {{text: "1, 5", right: true}}
  - {{text: "1, 2", feedback: That is their sum.}}
  - {{text: "3, 3, 3", right: true}}
""",
    "true-false": """\
id: {id}
type: true-false
question: An average can be larger than the largest of its values.
answer: false
points: 1
feedback: {{wrong: Each value is at most the largest one.}}
""",
    "numeric": """\
id: {id}
type: numeric
question: What is the average of 1, 2 and 2? Give two digits after the point.
answer: 1.67
tolerance: 0.005
points: 1
""",
    "short-answer": """\
id: {id}
type: short-answer
question: Which function of Python adds up a list?
answers: [sum, sum()]
points: 1
""",
    "ordering": """\
id: {id}
type: ordering
question: Put the steps of an average in order.
items: [collect the values, add them up, divide by their number]
points: 1
""",
    "matching": """\
id: {id}
type: matching
question: What does each function do?
pairs:
  - {{left: sum, right: adds up a list}}
  - {{left: len, right: counts a list}}
  - {{left: max, right: finds the largest value}}
points: 1
""",
}
