"""Makes links to what it may not open, and opens those.

Wants: a way around the rule that goes by path.
Evidence: loot.
"""
import os

for folder in (".", "/tmp", "/dev/shm", TARGETS["drop"]):
    link = os.path.join(folder, "hostile-link")
    attempt("symlink", lambda: os.symlink(TARGETS["checks"], link) or read(link))
    attempt("hard link", lambda: os.link(TARGETS["checks"], link + "2") or read(link + "2"))
    attempt("rename", lambda: os.rename(TARGETS["checks"], link + "3") or "moved")
attempt("through root", lambda: read("/proc/self/root" + TARGETS["checks"]))
attempt("through cwd", lambda: read("/proc/self/cwd/" + "../" * 20 + TARGETS["checks"]))
attempt("dots", lambda: read(os.path.dirname(np.__file__) + "/.." * 20 + TARGETS["checks"]))
attempt("chdir", lambda: os.chdir(TARGETS["course"]) or read("course.yaml"))
