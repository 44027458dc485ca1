"""Takes memory until there is none.

Wants: the machine.
Evidence: a check that is broken; a batch that does not end; a neighbour without full marks.
Harmful: it takes all memory.
"""


def moving_average(values, window):
    kept = []
    while True:
        kept.append(bytearray(64 * 1024 * 1024))


def descend(*_):
    return np.ones(3 * 2**30 // 8)


def initials(text):
    return "x" * (3 * 2**30)
