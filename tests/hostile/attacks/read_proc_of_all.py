"""Goes through all of /proc for the word that it looks for.

Wants: secrets of any process on the machine; the socket table; the mounts.
Evidence: loot.
"""
import os

attempt("list", lambda: os.listdir("/proc"))
for number in range(1, 200):
    try:
        text = read(f"/proc/{os.getppid() - number}/environ")
    except OSError:
        continue
    attempt("environ", lambda: text)
for name in ("mounts", "net/tcp", "net/unix", "version", "cpuinfo", "kallsyms", "sys/kernel/hostname", "self/mem", "keys"):
    attempt(name, lambda: read(f"/proc/{name}"))
