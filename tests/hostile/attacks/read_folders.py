"""Lists folders, up and down from everything that it knows.

Wants: the names of hidden checks, of solutions, of other students.
Evidence: loot.
"""
import glob
import os
from pathlib import Path

for name in ("course", "inbox", "home", "drop"):
    attempt(f"listdir {name}", lambda: os.listdir(TARGETS[name]))
attempt("walk", lambda: [names for _, _, names in os.walk(TARGETS["course"]) if names])
attempt("glob", lambda: glob.glob(TARGETS["course"] + "/**/*.py", recursive=True))
attempt("scandir root", lambda: [e.name for e in os.scandir("/")])
attempt("own folder's parents", lambda: [str(p) for parent in Path.cwd().parents for p in parent.iterdir()])
attempt("inside tmp", lambda: os.listdir("/tmp"))
