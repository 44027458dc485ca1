"""Writes into the course: a check that always passes, a conftest, a plugin.

Wants: to be the hidden check of the next student.
Evidence: a file that changed.
Harmful: it takes the checks away from all others.
"""
import os
import pathlib

FOLDER = os.path.dirname(TARGETS["checks"])
attempt("check", lambda: open(TARGETS["checks"], "w").write("def test_average(submission): pass"))
attempt("conftest", lambda: open(os.path.join(FOLDER, "conftest.py"), "w").write("1"))
attempt("new check", lambda: pathlib.Path(FOLDER, "check_a.py").write_text("1"))
attempt("problems", lambda: open(os.path.join(TARGETS["course"], "course", "problems.py"), "a").write("1"))
attempt("folder", lambda: os.mkdir(os.path.join(TARGETS["course"], "tests", "hidden", "mine")) or "made")
