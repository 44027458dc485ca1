"""Prints without end.

Wants: a log without end, or a grader that waits at a full pipe.
Evidence: a batch that does not end; a file that grows.
"""


def moving_average(values, window):
    while True:
        print("x" * 10_000)


def initials(text):
    for _ in range(20_000):
        print("flood", end="\r")
    return "no"
