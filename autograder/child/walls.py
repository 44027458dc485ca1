"""The walls around a child: descriptors, limits, Landlock, seccomp. Prepared once in the zygote, put up in each child.

Each layer stops what the others let through (docs/security.md has the table). `put_up` is called in the forked child
before it sees a byte of a submission; whatever fails in it ends the child, so that nothing runs with a wall missing.
"""

from __future__ import annotations

import ctypes
import gc
import importlib.abc
import importlib.machinery
import os
import resource
import signal
import sys
import types
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CHANNEL = 3
"""The descriptor of the channel to the checker, the only one that a child has besides 0, 1 and 2 (`/dev/null`)."""

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP = 1, 4, 38, 22
_SECCOMP_MODE_FILTER = 2
_CAPABILITIES_3, _CAP_DAC_READ_SEARCH = 0x20080522, 1 << 2
_EPERM, _ENOSYS = 1, 38

_LIBRARIES = ("/lib64", "/usr/lib64", "/etc/ld.so.cache", "/usr/share/zoneinfo")
_LIBRARY_PATTERNS = (
    "lib/*-linux-gnu",
    "usr/lib/*-linux-gnu",
    "lib/*.so*",
    "usr/lib/*.so*",
    "usr/local/lib/*.so*",
)
_UNKNOWN_SIZE = 512 << 20
_CALLS_DEEP = 30_000
_STACK = 100 << 20
"""A function may call itself once for each step of a long run; Python's usual 1,000 calls are too few for that."""

_DEVICES = ("/dev/null", "/dev/zero", "/dev/urandom", "/dev/random")
_PACKAGES = (
    "numpy numpy.libs scipy scipy.libs sklearn scikit_learn.libs joblib threadpoolctl.py narwhals "
    "pandas pandas.libs dateutil pytz tzdata six.py"
).split()
"""What a submission may import beyond the standard library, where it is installed."""

_CALLS = """
read readv write writev pread64 close lseek fstat stat lstat newfstatat statx access faccessat faccessat2 open openat
readlink readlinkat getcwd getdents64 dup dup2 dup3 pipe pipe2 poll ppoll select pselect6 epoll_create1 epoll_ctl
epoll_wait epoll_pwait eventfd2 mmap mprotect munmap mremap brk futex set_robust_list rseq sched_yield
sched_getaffinity getcpu membarrier rt_sigaction rt_sigprocmask rt_sigreturn sigaltstack setitimer getitimer alarm
restart_syscall exit exit_group getpid getppid gettid getuid geteuid getgid getegid getrusage times time gettimeofday
clock_gettime clock_getres clock_nanosleep nanosleep getrandom uname sysinfo getrlimit arch_prctl chdir fchdir umask
""".split()
"""System calls that computing needs. What is not here fails with EPERM; what is here reaches nothing outside the child."""

_FCNTL = (
    0,
    1,
    2,
    3,
    1030,
)  # F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_DUPFD_CLOEXEC; F_SETOWN would send signals
_IOCTL = (
    0x5401,
    0x5413,
    0x541B,
    0x5421,
    0x5450,
    0x5451,
)  # TCGETS, TIOCGWINSZ, FIONREAD, FIONBIO, FIONCLEX, FIOCLEX
_MADVISE = (0, 1, 2, 3, 4, 8, 14, 15)
"""NORMAL to DONTNEED, FREE, HUGEPAGE, NOHUGEPAGE: what allocators ask for. Others poison or drop pages that the checker reads."""

_F_SETFL, _O_ASYNC, _AF_UNIX = 4, 0x2000, 1


class WallError(Exception):
    """A wall cannot be put up here."""


@dataclass(frozen=True)
class Walls:
    """What was prepared: `ruleset` is Landlock's, `program` seccomp's; both None where the sandbox is off."""

    ruleset: Any
    program: Any
    libc: Any
    zygote: int
    size: int


@dataclass(frozen=True)
class Room:
    """How much a child may use; `memory` in bytes on top of what the zygote has, `seconds` of computing time in all."""

    memory: int
    seconds: float


def prepare(readable: Sequence[str], *, off: bool) -> Walls:
    """The walls for all children of this zygote; *readable* are further places that may be read. Takes from this process what
    no child may have: capabilities, new privileges, being looked into."""
    libc = ctypes.CDLL(None, use_errno=True)
    size = _address_space()
    if off:
        return Walls(None, None, libc, os.getpid(), size)
    libraries = [str(path) for pattern in _LIBRARY_PATTERNS for path in Path("/").glob(pattern)]
    ruleset = _ruleset([*_interpreter(), *_LIBRARIES, *libraries, *readable])
    raw = _filter().program
    buffer = ctypes.create_string_buffer(raw, len(raw))
    program = _Program(len(raw) // 8, ctypes.cast(buffer, ctypes.c_void_p))
    # What a child inherits is done once, here.
    _drop_capabilities(libc)
    _prctl(libc, _PR_SET_NO_NEW_PRIVS, 1)
    _prctl(libc, _PR_SET_DUMPABLE, 0)
    return Walls(ruleset, (program, buffer), libc, os.getpid(), size)


def put_up(walls: Walls, channel: int, room: Room) -> None:
    """Shuts this process in for good. Raises WallError or OSError if one of the walls does not stand."""
    os.dup2(channel, CHANNEL)
    os.dup2(0, 2)  # the zygote's stderr is a file of the checker's
    _close_others([] if walls.ruleset is None else [walls.ruleset.fileno()])
    os.setsid()
    _set_limits(room, walls.size)
    _allow_deep_calls()
    if sys.platform == "linux":
        die_with_parent(walls.libc, walls.zygote)
    if walls.ruleset is None:
        return
    walls.ruleset.restrict()
    walls.ruleset.close()
    # Just before what searches folders: who knows already that there is no such module is asked first.
    sys.meta_path.insert(sys.meta_path.index(importlib.machinery.PathFinder), _Unreadable())
    program, _ = walls.program
    _prctl(walls.libc, _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program))


class _Unreadable(importlib.abc.MetaPathFinder):
    """Says of a package that must not be read that there is none: what tries to import it can then do without."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: types.ModuleType | None = None
    ) -> None:
        spec = None if path else importlib.machinery.PathFinder.find_spec(fullname)
        if spec is None or spec.origin is None:
            return
        try:
            with open(spec.origin, "rb"):  # noqa: PTH123  the shortest way to ask the kernel
                return
        except PermissionError:
            raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname) from None
        except OSError:
            return


def holds() -> str:
    """What of the outside a child can still reach, in a few words; empty if the walls stand. For a child of its own."""
    try:
        with open("/etc/passwd", "rb"):  # noqa: PTH123  the shortest way to ask the kernel
            return "files can be read"
    except OSError:
        pass
    try:
        os.listdir("/")  # noqa: PTH208
        return "folders can be listed"
    except OSError:
        pass
    try:
        pid = os.fork()
        if pid == 0:
            os._exit(0)
        return "processes can be started"
    except OSError:
        pass
    try:
        os.kill(os.getppid(), 0)
        return "signals can be sent"
    except OSError:
        pass
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.socket(2, 1, 0) != -1 or libc.socket(1, 1, 0) != -1:
        return "the network can be reached"
    return ""


def die_with_parent(libc: Any, parent: int) -> None:
    """Has the kernel end this process when *parent* ends; raises WallError if that has happened already."""
    _prctl(libc, _PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        raise WallError("the process that started this one is gone")


def _close_others(keep: Sequence[int]) -> None:
    """Closes every descriptor behind the channel that is not in *keep*."""
    highest = min(resource.getrlimit(resource.RLIMIT_NOFILE)[0], 65_536)
    start = CHANNEL + 1
    for descriptor in [*sorted(keep), highest]:
        os.closerange(start, descriptor)
        start = descriptor + 1


def _set_limits(room: Room, size: int) -> None:
    seconds = int(room.seconds) + 2
    limits = {
        "RLIMIT_CPU": seconds,
        "RLIMIT_FSIZE": 0,
        "RLIMIT_NOFILE": 64,
        "RLIMIT_CORE": 0,
        "RLIMIT_NPROC": 0,
        "RLIMIT_MEMLOCK": 0,
        "RLIMIT_MSGQUEUE": 0,
    }
    if sys.platform == "linux":
        limits["RLIMIT_AS"] = size + room.memory
    for name, value in limits.items():
        kind = getattr(resource, name, None)
        if kind is not None:
            hard = resource.getrlimit(kind)[1]
            most = value if hard == resource.RLIM_INFINITY else min(value, hard)
            resource.setrlimit(kind, (most, most))


def _allow_deep_calls() -> None:
    """Lets functions call themselves deeply, where the stack can grow so far that too deep a call is an exception, no crash."""
    hard = resource.getrlimit(resource.RLIMIT_STACK)[1]
    if sys.platform == "linux" and (hard == resource.RLIM_INFINITY or hard >= _STACK):
        resource.setrlimit(resource.RLIMIT_STACK, (_STACK, hard))
        sys.setrecursionlimit(_CALLS_DEEP)


def _address_space() -> int:
    """How many bytes of address space this process has already, which the libraries take and no submission."""
    try:
        return int(Path("/proc/self/statm").read_bytes().split()[0]) * resource.getpagesize()
    except OSError:
        return _UNKNOWN_SIZE


class _Program(ctypes.Structure):
    """struct sock_fprog: how many instructions, and where they are."""

    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def _prctl(libc: Any, option: int, *arguments: Any) -> None:
    padded = [*arguments, *[0] * (4 - len(arguments))]
    wide = [ctypes.c_ulong(part) if isinstance(part, int) else part for part in padded]
    if libc.prctl(option, *wide):
        code = ctypes.get_errno()
        raise WallError(f"prctl {option}: {os.strerror(code)}")


def _drop_capabilities(libc: Any) -> None:
    """Takes root's capabilities from a process of root, all but that to read files of others: whoever grades with `sudo` has Python
    in another's home. What it may read, and what root owns, is for Landlock to say."""
    header = (ctypes.c_uint32 * 2)(_CAPABILITIES_3, 0)
    sets = (ctypes.c_uint32 * 6)()  # effective, permitted, inheritable; each once more for numbers from 32 on
    if libc.capget(header, sets):
        raise WallError(f"capget: {os.strerror(ctypes.get_errno())}")
    kept = sets[1] & _CAP_DAC_READ_SEARCH
    left = (kept, kept, 0, 0, 0, 0)
    if tuple(sets) == left:  # most graders are no root, and some machines refuse the call
        return
    sets[:] = list(left)
    if libc.capset(header, sets):
        raise WallError(f"capset: {os.strerror(ctypes.get_errno())}")


def _ruleset(readable: Sequence[str]) -> Any:
    """Landlock: nothing of the file system but what is named; no network; no signals and sockets to the outside."""
    import landlockpy
    from landlockpy import AccessFS

    scopes = landlockpy.Scope.ABSTRACT_UNIX_SOCKET | landlockpy.Scope.SIGNAL
    ruleset = landlockpy.Ruleset(scoped=scopes)
    for place in readable:
        path = Path(place)
        if path.is_dir():
            ruleset.allow_path(place, AccessFS.READ_FILE | AccessFS.READ_DIR)
        elif path.exists():
            ruleset.allow_path(place, AccessFS.READ_FILE)
    for place in _listable():
        ruleset.allow_path(place, AccessFS.READ_DIR)
    for place in _DEVICES:
        if Path(place).exists():
            ruleset.allow_path(place, AccessFS.READ_FILE | AccessFS.WRITE_FILE)
    return ruleset


def _interpreter() -> Iterator[str]:
    """The files of the standard library and of the packages for computing, but nothing else that is installed."""
    for folder in _listable():
        for entry in sorted(Path(folder).iterdir()):
            if folder.endswith(("site-packages", "dist-packages")):
                if entry.name in _PACKAGES:
                    yield str(entry)
            elif entry.name not in ("site-packages", "dist-packages"):
                yield str(entry)
    for folder in {sys.prefix, sys.base_prefix}:
        yield from (str(path) for path in Path(folder).glob("lib/libpython*"))


def _listable() -> list[str]:
    """The folders that Python searches for modules."""
    return [folder for folder in sys.path if folder and Path(folder).is_dir()]


def _filter() -> Any:
    """seccomp: the calls of _CALLS, a few more by their arguments, and no other."""
    from seccompy import Action, CmpOp, Filter, syscall_nr

    rules = Filter(default=int(Action.ERRNO) | _EPERM)
    for name in _CALLS:
        if _exists_here(syscall_nr, name):
            rules.allow(name)
    for command in _FCNTL:
        rules.allow("fcntl", args={1: command})
    rules.allow("fcntl", args=[(1, CmpOp.EQ, _F_SETFL), (2, CmpOp.MASKED_EQ, 0, _O_ASYNC)])
    for request in _IOCTL:
        rules.allow("ioctl", args={1: request})
    for advice in _MADVISE:
        rules.allow("madvise", args={2: advice})
    rules.allow("socketpair", args={0: _AF_UNIX})  # asyncio wakes itself up through one
    rules.allow("prlimit64", args={0: 0, 2: 0})  # asks, does not set
    rules.errno("clone3", _ENOSYS)
    return rules


def _exists_here(number_of: Any, name: str) -> bool:
    """Old calls such as `open` have no number on aarch64."""
    try:
        number_of(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def freeze() -> None:
    """Keeps the garbage collector of each child from touching, and so copying, the memory of the zygote."""
    gc.collect()
    gc.freeze()
