"""Opens the hand-ins of other students.

Wants: a classmate's work, to hand it in as its own.
Evidence: loot; points.
"""
import os

attempt("read", lambda: read(TARGETS["neighbour"]))
attempt("relative", lambda: read(os.path.join("..", "aaa_innocent", "solution.py")))
attempt("next to it", lambda: read("solution.py"))


def stolen():
    exec(read(TARGETS["neighbour"]), globals())
    return "all of it"


attempt("use it", stolen)
