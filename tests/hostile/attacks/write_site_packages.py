"""Writes into the places from which the next Python starts.

Wants: code of its own in every later grading run: .pth, usercustomize, byte code, the interpreter.
Evidence: a file that changed; loot.
Harmful: it writes into the folders of the interpreter.
"""
import os
import sys

for place in [TARGETS["site"], os.path.dirname(np.__file__), TARGETS["package"], os.path.dirname(os.__file__), TARGETS["home"]]:
    attempt("pth", lambda: open(os.path.join(place, "zz_hostile.pth"), "w").write("import os"))
    attempt("pycache", lambda: os.mkdir(os.path.join(place, "__pycache__", "zz_hostile")) or "made")
attempt("numpy", lambda: open(np.__file__, "a").write("\n"))
attempt("interpreter", lambda: open(sys.executable, "ab").write(b"x"))
attempt("sitecustomize", lambda: open(os.path.join(TARGETS["site"], "sitecustomize.py"), "w").write("1"))
