"""Makes namespaces of its own, in which it would be root.

Wants: a way around rules that hold for the outside.
Evidence: loot.
Harmful: it mounts and unmounts.
"""
import os

for name, flag in (("user", 0x10000000), ("mount", 0x20000), ("net", 0x40000000), ("pid", 0x20000000), ("ipc", 0x8000000), ("uts", 0x4000000), ("cgroup", 0x2000000), ("time", 0x80)):
    attempt(f"unshare {name}", lambda: must(LIBC.unshare(flag)) + 1)
attempt("setns", lambda: syscall("setns", os.open("/proc/1/ns/net", os.O_RDONLY), 0) + 1)
attempt("mount", lambda: must(LIBC.mount(b"none", b"/tmp", b"tmpfs", 0, None)) + 1)
attempt("fsopen", lambda: syscall("fsopen", 0, 0) + 1)
attempt("umount", lambda: must(LIBC.umount2(b"/proc", 2)) + 1)
attempt("pivot_root", lambda: must(LIBC.pivot_root(b".", b".")) + 1)
