"""Loops and swallows whatever would stop it.

Wants: a limit that is an exception.
Evidence: a batch that does not end.
"""


def moving_average(values, window):
    while True:
        try:
            while True:
                pass
        except BaseException:
            continue
