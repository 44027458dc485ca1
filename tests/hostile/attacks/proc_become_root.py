"""Changes its user, its groups, its capabilities, and what the sandbox set on the process.

Wants: more rights, or the old ones back.
Evidence: loot.
Harmful: it sets clock and name of the machine.
"""
import os
import resource

attempt("setuid", lambda: os.getuid() != 0 and os.setuid(0) is None)
attempt("setgroups", lambda: os.setgroups([0]) or "set")
attempt("setresuid", lambda: os.setresuid(1, 1, 1) or "set")
for name, option, value in (("dumpable", 4, 1), ("keepcaps", 8, 1), ("securebits", 28, 0), ("ambient", 47, 2), ("subreaper", 36, 1), ("ptracer", 0x59616D61, -1)):
    attempt(name, lambda: must(LIBC.prctl(option, value, 0, 0, 0)) + 1)
attempt("death signal", lambda: must(LIBC.prctl(1, 0, 0, 0, 0)) + 1)
for limit in (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_FSIZE, resource.RLIMIT_NPROC, resource.RLIMIT_NOFILE, resource.RLIMIT_DATA):
    attempt("raise a limit", lambda: resource.setrlimit(limit, (resource.RLIM_INFINITY,) * 2) or "raised")
attempt("hostname", lambda: must(LIBC.sethostname(b"hostile", 7)) + 1)
attempt("clock", lambda: __import__("time").clock_settime(0, 0) or "set")
attempt("reboot", lambda: must(LIBC.reboot(0)) + 1)
attempt("real time", lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(99)) or "set")
attempt("nice", lambda: os.nice(-20) < 0)
attempt("session", lambda: os.setsid())
attempt("umask and mknod", lambda: os.mknod("/tmp/hostile-device", 0o020666, os.makedev(1, 1)) or "made")
