"""What a checker is told of a course: all that running its checks takes, in plain values.

A checker that read course.yaml itself would take twice as long to start, and might read another one than its command did. The
hashes tell it which files its command has seen.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from autograder.checks import Check
from autograder.errors import AutogradeError
from autograder.hashes import READ_BY_CHECKS, hashes_below


@dataclass(frozen=True)
class Limits:
    """What a submission may use: bytes of memory and of kept output, seconds of computing time."""

    memory: int
    seconds_per_check: float
    seconds: float
    output: int


@dataclass(frozen=True)
class Brief:
    """One code exercise: its checks, the values of its criteria in their order, and its limits."""

    checks: tuple[Check, ...]
    criteria: tuple[Mapping[str, Any], ...]
    limits: Limits


@dataclass(frozen=True)
class Briefing:
    """A course as a checker knows it; `exercises` by their ids, `files` the hashes of what checks read, by their names."""

    root: Path
    limits: Limits
    reveal_inputs: bool
    exercises: Mapping[str, Brief]
    files: Mapping[str, str]

    @property
    def problems_path(self) -> Path | None:
        """The file of the practice problems, if the course has one."""
        path = self.root / "course" / "problems.py"
        return path if path.is_file() else None

    @property
    def data_path(self) -> Path | None:
        """The folder of the data that lies beside submissions, if the course has one."""
        path = self.root / "course" / "data"
        return path if path.is_dir() else None

    def at(self, root: Path) -> Briefing:
        """The same course in another folder."""
        return replace(self, root=root)

    def refuse_edited(self) -> None:
        """Raises AutogradeError if a file is not what it was when the course was read: what is found out is kept under the hash
        of that."""
        try:
            now = hashes_below(self.root, READ_BY_CHECKS)
            edited = min((name for name, _ in self.files.items() ^ now.items()), default="")
        except OSError as error:
            edited = str(error.filename)
        if edited:
            raise AutogradeError(
                f"`{edited}` was changed after this command had read the course",
                "what was found before is kept; run the command again to go on with what is there now",
            )

    def dates(self) -> dict[str, tuple[int, ...]]:
        """How old and long each of `files` is, and when it was last touched; a file that is gone is not among them."""
        found: dict[str, tuple[int, ...]] = {}
        for name in self.files:
            with suppress(OSError):
                state = (self.root / name).stat()
                found[name] = state.st_mtime_ns, state.st_ctime_ns, state.st_size, state.st_ino
        return found

    def plain(self) -> dict[str, Any]:
        """It as JSON can hold it."""
        return {**asdict(self), "root": str(self.root)}


def briefing_of(data: Mapping[str, Any]) -> Briefing:
    """The briefing that `Briefing.plain` took apart."""
    exercises = {name: _brief(brief) for name, brief in data["exercises"].items()}
    root, limits = Path(data["root"]), Limits(**data["limits"])
    return Briefing(root, limits, data["reveal_inputs"], exercises, data["files"])


def _brief(data: Mapping[str, Any]) -> Brief:
    checks = tuple(Check(**{**check, "needs": tuple(check["needs"])}) for check in data["checks"])
    return Brief(checks, tuple(data["criteria"]), Limits(**data["limits"]))
