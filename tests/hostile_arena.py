"""The place in which attacks are run: a course, hand-ins, secrets, listeners, and the marks by which harm would show.

Everything lies in one folder of its own. Whatever may not leak holds a word that begins with CANARY; whatever may not
change is hashed before and after; the listeners would have noticed any contact.
"""

from __future__ import annotations

import ast
import contextlib
import hashlib
import json
import os
import shutil
import socket
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.conftest import ROOT

HOSTILE = ROOT / "tests" / "hostile"
INNOCENTS = ("aaa_innocent", "mmm_innocent", "zzz_innocent")
MARK = "CANARY"
_SECONDS = 400.0
_SHARED = ("/tmp", "/dev/shm", "/var/tmp")  # noqa: S108  where attacks would leave things


@dataclass(frozen=True)
class Attack:
    """One hand-in that means harm; `earns` are the checks that it honestly passes, `harmful` says why it must never run
    without a sandbox, `known` names a leak that docs/security.md tells of."""

    name: str
    file: Path
    wants: str
    evidence: str
    earns: frozenset[str]
    harmful: str
    known: str

    @property
    def tries(self) -> bool:
        """Whether it notes what it tried and took."""
        return "attempt(" in self.file.read_text(encoding="utf-8")


def attacks() -> list[Attack]:
    """All attacks that are files, by name."""
    files = [*HOSTILE.glob("attacks/*.py"), *HOSTILE.glob("notebooks/*.ipynb")]
    return [_attack(file) for file in sorted(files)]


def _attack(file: Path) -> Attack:
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".py":
        told = ast.get_docstring(ast.parse(text)) or ""
    else:
        told = json.loads(text)["cells"][0]["source"]
    heads = ("Wants", "Evidence", "Earns", "Harmful", "Known")
    lines = dict.fromkeys(heads, "")
    for line in told.splitlines():
        head, _, rest = line.partition(": ")
        if head in heads:
            lines[head] = rest.strip()
    earns = {"": {"test_loot"}, "nothing": set()}.get(lines["Earns"], set(lines["Earns"].split()))
    return Attack(
        file.stem,
        file,
        lines["Wants"],
        lines["Evidence"],
        frozenset(earns),
        lines["Harmful"],
        lines["Known"],
    )


@dataclass
class Arena:
    """A folder with everything that an attack could want."""

    root: Path
    targets: dict[str, Any] = field(default_factory=dict)
    listeners: list[socket.socket] = field(default_factory=list)

    @property
    def course(self) -> Path:
        return self.root / "course"

    @property
    def inbox(self) -> Path:
        return self.root / "inbox"

    @property
    def out(self) -> Path:
        return self.root / "out"

    def hand_in(self, chosen: Sequence[Attack]) -> None:
        """Puts each attack into a folder of its own, with the kit and the targets before it."""
        kit = (HOSTILE / "kit.py").read_text(encoding="utf-8")
        targets = f"TARGETS = {self.targets!r}\n"
        for attack in chosen:
            folder = self.inbox / attack.name
            folder.mkdir()
            (folder / "00_targets.py").write_text(targets, encoding="utf-8")
            (folder / "01_kit.py").write_text(kit, encoding="utf-8")
            shutil.copyfile(attack.file, folder / f"10_attack{attack.file.suffix}")

    def grade(self, *options: str, user: int = 0, jobs: int = 2) -> dict[str, Any]:
        """What became of `autograde grade` on the inbox, run as *user*."""
        environment = {
            "AUTOGRADE_HOSTILE_TOKEN": f"{MARK}-ENVIRONMENT-44f0",
            "HOME": str(self.root / "home"),
            "TMPDIR": str(self.root / "tmp"),
        }
        if user:  # before the interpreter is made, which stays root's
            subprocess.run(["chown", "-R", f"{user}:{user}", str(self.root)], check=True)
        if (
            user and "--unsafe-no-sandbox" in options
        ):  # else the first attack would end the course for the others
            subprocess.run(["chown", "-R", "0:0", str(self.course)], check=True)
        python = interpreter(self.root, user)
        assert python, "there is no Python that this user may run"
        command = [python, "-m", "autograder", "--course", str(self.course), "grade", str(self.inbox)]
        command += ["--out", str(self.out), "--jobs", str(jobs), *options]
        supervisor = str(ROOT / "tests" / "hostile_supervisor.py")
        done = subprocess.run(
            [sys.executable, "-P", supervisor, str(_SECONDS), str(user), *command],
            env={**os.environ, **environment},
            cwd=self.root,
            stdout=subprocess.PIPE,
            check=True,
        )
        told: dict[str, Any] = json.loads(done.stdout)
        return told

    def hashes(self) -> dict[str, str]:
        """Every file that an attack may not touch, with a hash of what stands in it."""
        folders = [self.course, self.inbox, self.root / "home", self.root / "drop", self.root / "tmp"]
        found = {str(folder): "folder" for folder in folders}
        for path in (path for folder in folders for path in folder.rglob("*")):
            if "__pycache__" not in path.parts:
                found[str(path)] = _hash(path)
        return found

    def traces(self) -> list[str]:
        """What attacks left in places that all processes share."""
        places = [*_SHARED, sysconfig.get_path("purelib"), sysconfig.get_path("stdlib")]
        return [str(path) for place in places for path in Path(place).glob("*hostile*")]

    def contacts(self) -> list[str]:
        """Who has called the listeners."""
        called = []
        for listener in self.listeners:
            with contextlib.suppress(BlockingIOError):
                if listener.type == socket.SOCK_DGRAM:
                    called.append(f"{listener.getsockname()}: {listener.recv(100)!r}")
                else:
                    listener.accept()[0].close()
                    called.append(f"{listener.getsockname()}: a connection")
        return called


def interpreter(folder: Path, user: int) -> str | None:
    """A Python with our packages that *user* may run: ours, or one made in *folder* from the system's; None without."""
    if _runs(sys.executable, user):
        return sys.executable
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    system = shutil.which(f"python{version}", path="/usr/bin:/usr/local/bin")
    if system is None:
        return None
    made = folder / "venv"
    subprocess.run([system, "-m", "venv", "--without-pip", str(made)], check=True)
    packages = made / "lib" / f"python{version}" / "site-packages"
    (packages / "ours.pth").write_text(f"{sysconfig.get_path('purelib')}\n{ROOT}\n", encoding="utf-8")
    python = str(made / "bin" / "python")
    return python if _runs(python, user) else None


def _runs(python: str, user: int) -> bool:
    identity: dict[str, Any] = {"user": user, "group": user, "extra_groups": []} if user else {}
    try:
        done = subprocess.run(
            [python, "-c", "import numpy, autograder"], cwd="/", capture_output=True, check=False, **identity
        )
    except PermissionError:
        return False
    return done.returncode == 0


def _hash(path: Path) -> str:
    if path.is_symlink():
        return f"link to {path.readlink()}"
    if not path.is_file() or path.stat().st_size > 2**27:
        return f"{path.stat().st_mode:o}"
    return hashlib.sha256(path.read_bytes()).hexdigest()


@contextlib.contextmanager
def arena() -> Iterator[Arena]:
    """A fresh arena with three innocent hand-ins. Not below pytest's folder, which other users may not enter."""
    before = set(Arena(Path()).traces())
    root = Path(tempfile.mkdtemp(prefix="autograde-arena-"))
    made = Arena(root)
    try:
        root.chmod(0o755)
        shutil.copytree(HOSTILE / "course", made.course)
        for folder in ("inbox", "home", "drop", "tmp", "run"):
            (root / folder).mkdir()
        (root / "drop").chmod(0o777)
        (root / "home" / ".token").write_text(f"{MARK}-HOME-0a0a", encoding="utf-8")
        right = (made.course / "solutions" / "attacked" / "solution.py").read_text(encoding="utf-8")
        for student in INNOCENTS:
            (made.inbox / student).mkdir()
            mine = right.replace(f"{MARK}-SOLUTION-77aa", f"{MARK}-NEIGHBOUR-d00d")
            (made.inbox / student / "solution.py").write_text(mine, encoding="utf-8")
        _listen(made)
        _aim(made)
        yield made
    finally:
        for listener in made.listeners:
            listener.close()
        shutil.rmtree(root, ignore_errors=True)
        for trace in set(made.traces()) - before:
            Path(trace).unlink()


def _listen(made: Arena) -> None:
    unix = str(made.root / "run" / "socket")
    abstract = f"autograde-{made.root.name}"
    for family, kind, address in (
        (socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 0)),
        (socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", 0)),
        (socket.AF_UNIX, socket.SOCK_STREAM, unix),
        (socket.AF_UNIX, socket.SOCK_STREAM, f"\0{abstract}"),
    ):
        listener = socket.socket(family, kind)
        listener.bind(address)
        listener.settimeout(0)
        if kind == socket.SOCK_STREAM:
            listener.listen()
        made.listeners.append(listener)
    Path(unix).chmod(0o777)
    made.targets.update(
        tcp=made.listeners[0].getsockname()[1],
        udp=made.listeners[1].getsockname()[1],
        unix=unix,
        abstract=abstract,
    )


def _aim(made: Arena) -> None:
    """Tells the attacks where everything lies, which a real attacker would have to find out."""
    made.targets.update(
        course=str(made.course),
        yaml=str(made.course / "course.yaml"),
        answers=str(made.course / "course.yaml"),
        checks=str(made.course / "tests" / "hidden" / "attacked" / "check_attacked.py"),
        solution=str(made.course / "solutions" / "attacked" / "solution.py"),
        inbox=str(made.inbox),
        neighbour=str(made.inbox / INNOCENTS[0] / "solution.py"),
        home=str(made.root / "home"),
        drop=str(made.root / "drop"),
        out=str(made.out),
        store=str(made.out / ".autograde" / "results.sqlite"),
        package=str(ROOT),
        site=sysconfig.get_path("purelib"),
    )
