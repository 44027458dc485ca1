"""Asks the served function for ever.

Wants: a checker that is kept busy without ever computing itself.
Evidence: a batch that does not end.
"""


def descend(gradient, start, learning_rate, n_steps):
    while True:
        gradient(start)
