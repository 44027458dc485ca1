"""Never comes back.

Wants: the time of everybody else.
Evidence: a batch that does not end; points of functions that are right are kept.
Earns: test_initials test_loot
"""


def moving_average(values, window):
    while True:
        pass


def descend(*_):
    while True:
        pass


def initials(text):
    return "".join(word[0] for word in text.split())
