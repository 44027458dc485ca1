"""Imports the grader's own package and asks it for the course.

Wants: the hidden checks, read by the grader's own code.
Evidence: loot.
"""
import sys


def course():
    sys.path[:0] = [TARGETS["package"], TARGETS["site"]]
    from autograder.course import read_course

    from pathlib import Path

    return str(read_course(Path(TARGETS["course"])).checks)


def found():
    import importlib.metadata

    return [str(f.locate()) for f in importlib.metadata.files("autograder")][:1]


attempt("read the course", course)
attempt("find the package", found)
