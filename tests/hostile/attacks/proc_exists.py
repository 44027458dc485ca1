"""Asks with signal 0 which processes there are.

Wants: a list of what runs on the machine, and where to aim.
Evidence: loot.
"""
import os

PARENT = os.getppid()


def _there(pid):
    try:
        os.kill(pid, 0)
        return True
    except OSError:
        return False


attempt("parent", lambda: PARENT > 1 and os.kill(PARENT, 0) is None)
attempt("others", lambda: [pid for pid in range(max(1, PARENT - 20), PARENT) if _there(pid)])
attempt("init", lambda: os.kill(1, 0) or "there")


attempt("sessions", lambda: os.getsid(PARENT))
attempt("affinity of others", lambda: os.sched_setaffinity(PARENT, [0]) or "moved")
attempt("priority of others", lambda: os.setpriority(os.PRIO_PROCESS, PARENT, 19) or "slowed")
attempt("limits of others", lambda: __import__("resource").prlimit(PARENT, 0, (1, 1)))
