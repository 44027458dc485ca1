"""Tells where the grader lives, by every path that Python itself knows.

Wants: the folders of the grading machine in the student's report.
Evidence: loot in messages: the path of the course or of the interpreter.
"""
import os
import sys
import sysconfig


def moving_average(values, window):
    raise RuntimeError(f"{np.__file__} {sys.path} {sys.executable} {sys.prefix} {sysconfig.get_paths()}")


def descend(*_):
    raise RuntimeError(f"{globals().get('__file__')} {sys.argv} {sys.orig_argv} {os.getcwd()} {sys.flags}")


def initials(text):
    np.array([1.0]).reshape(7)
