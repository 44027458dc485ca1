"""Writes into the home of whoever grades.

Wants: a start-up file that is run tomorrow.
Evidence: a file that changed.
"""
import os

for name in (".bashrc", ".profile", ".ipython/profile_default/startup/00.py", ".ssh/authorized_keys", ".local/x", ".config/x"):
    path = os.path.join(TARGETS["home"], name)
    attempt(f"mkdir for {name}", lambda: os.makedirs(os.path.dirname(path)) or "made")
    attempt(name, lambda: open(path, "a").write("echo hostile"))
attempt("drop", lambda: open(os.path.join(TARGETS["drop"], "evidence"), "w").write("was here"))
attempt("tmp", lambda: open("/tmp/autograde-hostile-evidence", "w").write("was here"))
