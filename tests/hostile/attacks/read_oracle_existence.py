"""Asks whether files exist that it cannot read.

Wants: to confirm names of hidden checks and of classmates by guessing.
Evidence: loot.
Known: Landlock answers `stat`; inside bubblewrap the files are not there at all. See docs/security.md.
"""
import os

attempt("exists", lambda: os.path.exists(TARGETS["checks"]))
attempt("size", lambda: os.stat(TARGETS["checks"]).st_size)
attempt("access", lambda: os.access(TARGETS["neighbour"], os.F_OK))
