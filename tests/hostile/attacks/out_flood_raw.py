"""Writes to descriptors 1 and 2 directly, past sys.stdout.

Wants: text on the instructor's terminal, or a grader that waits at a full pipe.
Evidence: the text on the terminal; a batch that does not end.
"""
import os
import sys

for descriptor in (1, 2):
    for _ in range(2000):
        try:
            os.write(descriptor, b"HOSTILE-OUTPUT " * 500)
        except OSError:
            break
sys.stdout = sys.__stdout__
sys.stderr = sys.__stderr__
try:
    print("HOSTILE-OUTPUT " * 100, file=open("/dev/tty", "w"))
except OSError:
    pass
try:
    sys.__stderr__.write("HOSTILE-OUTPUT")
    sys.__stderr__.flush()
except (OSError, AttributeError, ValueError):
    pass
