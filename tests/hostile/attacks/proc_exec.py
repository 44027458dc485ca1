"""Runs programs, in every way that Python and the C library offer.

Wants: a shell.
Evidence: loot; a file that changed; a process that is left.
"""
import ctypes
import os
import subprocess
import sys

SHELL = f"echo hostile > {TARGETS['drop']}/shell"
attempt("system", lambda: os.system(SHELL) == 0)
attempt("subprocess", lambda: subprocess.run(["/bin/sh", "-c", "echo hostile"], capture_output=True, timeout=1).stdout)
attempt("python", lambda: subprocess.check_output([sys.executable, "-c", "print(1)"], timeout=1))
attempt("popen", lambda: os.popen("echo hostile").read())
attempt("posix_spawn", lambda: os.posix_spawn("/bin/sh", ["sh", "-c", SHELL], {}))
attempt("libc system", lambda: LIBC.system(SHELL.encode()) == 0)
attempt("vfork", lambda: subprocess._fork_exec and subprocess.Popen(["/bin/true"]).wait() == 0)
