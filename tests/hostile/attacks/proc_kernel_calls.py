"""Makes the calls by which kernels were broken into before.

Wants: something that the allow-list forgot.
Evidence: loot.
Harmful: it loads modules and kernels.
"""
import ctypes

AREA = ctypes.create_string_buffer(4096)
HERE = ctypes.addressof(AREA)
for name, arguments in {
    "bpf": (0, HERE, 128), "perf_event_open": (HERE, 0, -1, -1, 0), "userfaultfd": (0,), "keyctl": (0, -3, 1), "add_key": (HERE, HERE, HERE, 1, -3),
    "memfd_secret": (0,), "fanotify_init": (0, 0), "kexec_load": (0, 0, 0, 0), "init_module": (HERE, 10, HERE), "finit_module": (0, HERE, 0),
    "delete_module": (HERE, 0), "quotactl": (0, HERE, 0, HERE), "process_madvise": (0, HERE, 0, 0, 0), "vmsplice": (0, HERE, 1, 0), "acct": (0,),
    "syslog": (3, HERE, 100), "personality": (0x0400000,), "ioprio_set": (1, 0, 0), "move_mount": (-1, HERE, -1, HERE, 0), "landlock_create_ruleset": (0, 0, 1),
}.items():
    attempt(name, lambda: syscall(name, *arguments) + 1)
