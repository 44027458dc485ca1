"""Opens the hidden checks, the solution and course.yaml by their paths.

Wants: to read what is asked.
Evidence: loot.
"""
import io
import mmap
import os

for name in ("checks", "solution", "yaml", "answers"):
    attempt(f"open {name}", lambda: read(TARGETS[name]))
attempt("os.open", lambda: os.read(os.open(TARGETS["checks"], os.O_RDONLY), 4000))
attempt("io", lambda: io.FileIO(TARGETS["checks"]).read())
attempt("path handle", lambda: read(f"/proc/self/fd/{os.open(TARGETS['checks'], os.O_PATH)}"))


def mapped():
    with open(TARGETS["checks"], "rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)[:200]


attempt("mmap", mapped)
