"""Replaces itself by another program.

Wants: a program that the harness knows nothing of, on the harness's channel.
Evidence: points; a file that changed; a process that is left.
Harmful: the program would outlive the test.
"""
import os
import sys

attempt("shell", lambda: os.execv("/bin/sh", ["sh", "-c", f"echo hostile > {TARGETS['drop']}/exec; sleep 3600"]))
attempt("python", lambda: os.execve(sys.executable, ["python", "-c", "import time; time.sleep(3600)"], {}))
attempt("fexecve", lambda: os.execve(os.open("/bin/sh", os.O_RDONLY), ["sh", "-c", "sleep 3600"], {}))


def from_memory():
    descriptor = os.memfd_create("x")
    os.write(descriptor, b"#!/bin/sh\nsleep 3600\n")
    os.execve(descriptor, ["x"], {})


attempt("memfd", from_memory)
