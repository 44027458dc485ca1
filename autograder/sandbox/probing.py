"""What this machine has to shut a stranger's code in, asked of the kernel and named."""

from __future__ import annotations

import functools
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from autograder.sandbox.values import Layers

_ALWAYS = ("own process", "no descriptors", "own session", "limits")
_LINUX = ("parent-death signal", "no new privileges", "undumpable")
_PROCESSORS = ("x86_64", "aarch64")


def probe() -> Layers:
    """The layers that a sandbox would have here; `enough` only with Landlock and seccomp."""
    if sys.platform != "linux":
        system = "macOS" if sys.platform == "darwin" else sys.platform
        return Layers(_ALWAYS, missing=f"{system} has neither Landlock nor seccomp, which are parts of Linux")
    names = [*_ALWAYS, *_LINUX]
    missing = []
    version = landlock_version()
    if version:
        scopes = ", scopes" if version >= 6 else ""
        names.append(f"Landlock ({version}{scopes})")
    else:
        missing.append("Landlock (Linux 5.13 or newer, not switched off)")
    if has_seccomp():
        names.append("seccomp")
    else:
        missing.append(f"seccomp filters on {' or '.join(_PROCESSORS)}")
    if not missing and bubblewrap():
        names.append("bubblewrap")
    return Layers(tuple(names), not missing, f"there is no {' and no '.join(missing)}" if missing else "")


def landlock_version() -> int:
    """The version of Landlock's interface, 0 without it."""
    import landlockpy

    try:
        return int(landlockpy.abi_version())
    except landlockpy.LandlockError:
        return 0


def has_seccomp() -> bool:
    """Whether filters can be loaded and we know the numbers of this processor's system calls."""
    import seccompy

    if platform.machine() not in _PROCESSORS:
        return False
    try:
        return bool(seccompy.supported())
    except seccompy.SeccompError:
        return False


@functools.cache
def bubblewrap() -> tuple[str, ...]:
    """The command line in front of a zygote, tried out; empty where there is no bubblewrap or it may not be used."""
    program = shutil.which("bwrap")
    if program is None or os.environ.get("AUTOGRADE_BUBBLEWRAP") == "off":
        return ()
    wrap = (program, *_options())
    try:
        tried = subprocess.run(
            [*wrap, sys.executable, "-S", "-c", ""],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=20,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ()
    return wrap if tried.returncode == 0 else ()


def _options() -> list[str]:
    """New namespaces of every kind; of the file system only the interpreter, libraries and our `child`, read-only."""
    options = ["--unshare-all", "--die-with-parent", "--cap-drop", "ALL", "--dev", "/dev", "--proc", "/proc"]
    folders = [sys.prefix, sys.base_prefix, str(Path(sys.executable).resolve().parent.parent)]
    folders += [folder for folder in sys.path if folder.endswith(("site-packages", "dist-packages"))]
    folders.append(str(Path(__file__).resolve().parents[1] / "child"))
    system = [
        "/lib",
        "/lib64",
        "/usr/lib",
        "/usr/lib64",
        "/usr/local/lib",
        "/etc/ld.so.cache",
        "/usr/share/zoneinfo",
    ]
    for folder in dict.fromkeys([*system, *folders]):
        if Path(folder).exists():
            options += ["--ro-bind", folder, folder]
    return options
