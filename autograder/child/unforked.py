"""Imported before all others, keeps modules from doing something of their own in each child after the fork.

`random` would take a new seed there, so that the same code would give something else each time; `threading` and `logging` would
make anew locks that nobody holds, which touches, and so copies, a lot of memory.
"""

from __future__ import annotations

import os


def _nothing(**_: object) -> None:
    """In the place of `os.register_at_fork`: the zygote has one thread and knows itself what a child needs."""


os.register_at_fork = _nothing
