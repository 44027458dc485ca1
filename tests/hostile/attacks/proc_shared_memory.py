"""Uses memory that outlives a process: System V, POSIX, message queues.

Wants: a place where the next submission finds what this one left.
Evidence: loot; a file that changed.
Harmful: what it makes outlives it.
"""
import os

attempt("shmget", lambda: must(LIBC.shmget(0x6E6F, 4096, 0o1666)) + 1)
attempt("semget", lambda: must(LIBC.semget(0x6E6F, 1, 0o1666)) + 1)
attempt("msgget", lambda: must(LIBC.msgget(0x6E6F, 0o1666)) + 1)
attempt("shm_open", lambda: must(LIBC.shm_open(b"/autograde-hostile", 0o102, 0o666)) + 1)
attempt("dev shm", lambda: open("/dev/shm/autograde-hostile", "w").write("x"))
attempt("mq_open", lambda: must(LIBC.mq_open(b"/autograde-hostile", 0o102, 0o666, None)) + 1)
attempt("inotify", lambda: must(LIBC.inotify_init()) + 1)
attempt("flock", lambda: __import__("fcntl").flock(os.open(TARGETS["checks"], os.O_RDONLY), 2) or "locked")
