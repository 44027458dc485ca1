"""Overwrites, deletes, renames and truncates the hand-ins of other students.

Wants: a classmate without points.
Evidence: a file that changed; a neighbour without full marks.
"""
import os
import shutil

PATH = TARGETS["neighbour"]
attempt("overwrite", lambda: open(PATH, "w").write("spoilt"))
attempt("append", lambda: open(PATH, "a").write("spoilt"))
attempt("unlink", lambda: os.unlink(PATH) or "gone")
attempt("rename", lambda: os.rename(PATH, PATH + ".old") or "moved")
attempt("truncate", lambda: os.truncate(PATH, 0) or "empty")
attempt("chmod", lambda: os.chmod(PATH, 0) or "locked")
attempt("chown", lambda: os.chown(PATH, 1, 1) or "given away")
attempt("utime", lambda: os.utime(PATH, (0, 0)) or "aged")
attempt("rmtree", lambda: shutil.rmtree(os.path.dirname(PATH)) or "gone")
attempt("xattr", lambda: os.setxattr(PATH, "user.mark", b"x") or "marked")
