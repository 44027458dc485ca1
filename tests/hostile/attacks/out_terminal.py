"""Raises and prints escape sequences that a terminal obeys.

Wants: to clear the instructor's screen, set its title, or paint "12/12" over its own points.
Evidence: a control character in anything shown.
"""
PAINT = "\x1b[2J\x1b[1;1H\x1b]0;hostile\x07\x9b31m12/12 \x08\x08\r\u202e\u2066\u200f"


def moving_average(values, window):
    print(PAINT)
    raise RuntimeError(PAINT)


def initials(text):
    raise type(PAINT, (Exception,), {})(PAINT)


loot = lambda: {"taken": "", "tried": PAINT}
