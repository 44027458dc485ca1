"""An nbgrader course directory: where its things lie, and the settings in its `nbgrader_config.py` that are ours.

Our lines stand in a marked block at the end of that file, so that a course which exists keeps its own. What the lines name
is in `nbgrader_plugins`.
"""

from __future__ import annotations

import importlib.metadata
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.errors import ClassroomError

CONFIG = "nbgrader_config.py"
SUPPORTED = ((0, 9, 5), (0, 10))
"""The first version of nbgrader that we know, and the first that we do not."""

EXCHANGE = Path("/usr/local/share/nbgrader/exchange")
"""Where nbgrader's exchange is if no setting says otherwise."""

BEGIN = "# >>> autograde >>>"
END = "# <<< autograde <<<"

_BLOCK = re.compile(rf"^{re.escape(BEGIN)}$.*?^{re.escape(END)}$\n?", re.DOTALL | re.MULTILINE)
_PLUGINS = "autograder.nbgrader_plugins"

_TEMPLATE = """\
{begin}
# Written by `autograde build`, which replaces this block the next time; settings of your own go above it.
# With these lines `nbgrader autograde` and formgrader run the hidden checks in autograde's sandbox. Assignments that are
# not in course.yaml are treated as nbgrader always did.
from pathlib import Path as _Path

c = get_config()
{course_id}c.InCourse.course = str((_Path(__file__).resolve().parent / {course!r}).resolve())
c.GenerateAssignment.preprocessors = [
{generate}
]
c.Autograde.sanitize_preprocessors = [
{sanitize}
]
c.Autograde.autograde_preprocessors = [
{autograde}
]
{end}
"""

_GENERATE = (
    "nbgrader.preprocessors.IncludeHeaderFooter",
    "nbgrader.preprocessors.InstantiateTests",
    "nbgrader.preprocessors.LockCells",
    f"{_PLUGINS}.KeepStarters",
    "nbgrader.preprocessors.ClearOutput",
    "nbgrader.preprocessors.CheckCellMetadata",
    "nbgrader.preprocessors.ComputeChecksums",
    "nbgrader.preprocessors.SaveCells",
    "nbgrader.preprocessors.ClearHiddenTests",
    "nbgrader.preprocessors.ClearMarkScheme",
    "nbgrader.preprocessors.ComputeChecksums",
    "nbgrader.preprocessors.CheckCellMetadata",
)
_SANITIZE = (
    f"{_PLUGINS}.RestoreCells",
    f"{_PLUGINS}.ForeignClearOutput",
    f"{_PLUGINS}.ForeignDeduplicateIds",
    "nbgrader.preprocessors.OverwriteKernelspec",
    f"{_PLUGINS}.ForeignOverwriteCells",
    "nbgrader.preprocessors.CheckCellMetadata",
)
_AUTOGRADE = (
    f"{_PLUGINS}.RunChecks",
    f"{_PLUGINS}.ForeignExecute",
    "nbgrader.preprocessors.IgnorePattern",
    "nbconvert.preprocessors.ClearMetadataPreprocessor",
    "nbgrader.preprocessors.LimitOutput",
    f"{_PLUGINS}.SaveReport",
    f"{_PLUGINS}.LatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
)


@dataclass(frozen=True)
class Classroom:
    """An nbgrader course directory; `address` is its gradebook's, if that is known already."""

    root: Path
    address: str = ""

    @property
    def config(self) -> Path:
        return self.root / CONFIG

    def source(self, lesson: str) -> Path:
        return self.root / "source" / lesson

    def release(self, lesson: str) -> Path:
        return self.root / "release" / lesson

    def submitted(self, student: str, lesson: str) -> Path:
        return self.root / "submitted" / student / lesson

    @property
    def results(self) -> Path:
        """Where `autograde grade` puts what it found, if nobody names another place."""
        return self.root / "results"

    @property
    def kept(self) -> Path:
        """What grading keeps for the next time."""
        return self.results / ".autograde"

    def autograded(self, student: str, lesson: str) -> Path:
        return self.root / "autograded" / student / lesson

    def settings(self) -> Any:
        """What nbgrader_config.py sets, as traitlets reads it; raises ClassroomError if the file cannot be run."""
        from traitlets.config.loader import Config, ConfigFileNotFound, PyFileConfigLoader

        try:
            return PyFileConfigLoader(CONFIG, path=str(self.root)).load_config()
        except ConfigFileNotFound:
            return Config()
        except Exception as error:  # the file is the instructor's own program
            raise ClassroomError(
                f"{self.config} cannot be read: {type(error).__name__}: {error}",
                "put it right, then try again",
            ) from error

    def exchange(self) -> Path:
        """The folder of this course in nbgrader's exchange, whether or not there is one."""
        settings = self.settings()
        root = Path(str(settings.Exchange.get("root", "") or EXCHANGE))
        return root / str(settings.CourseDirectory.get("course_id", ""))

    def database(self) -> str:
        """The address of the gradebook: the one that nbgrader_config.py names, or gradebook.db here."""
        if self.address:
            return self.address
        named = self.settings().CourseDirectory.get("db_url", "")
        return str(named) or f"sqlite:///{(self.root / 'gradebook.db').resolve()}"


def require_nbgrader(version: str | None = None) -> None:
    """Raises ClassroomError unless the nbgrader that is installed (or *version*) is one that we know."""
    found = version or importlib.metadata.version("nbgrader")
    numbers = tuple(int(part) for part in re.findall(r"\d+", found)[:3])
    if not SUPPORTED[0] <= numbers < SUPPORTED[1]:
        raise ClassroomError(
            f"nbgrader {found} is installed, and only 0.9.5 to 0.9.x are known to work",
            "`pip install 'nbgrader>=0.9.5,<0.10'`",
        )


def merge_config(text: str, course_id: str, course_root: Path, classroom: Path) -> str:
    """The text of nbgrader_config.py with our block renewed, or added at its end; every other line stays as it is."""
    rest = _BLOCK.sub("", text)
    if BEGIN in rest or END in rest:
        raise ClassroomError(
            f"{classroom / CONFIG} holds one of the marks `{BEGIN}` and `{END}` without the other",
            "delete the block that `autograde build` wrote there, then build again",
        )
    own_id = re.search(r"^[^#\n]*\.course_id\s*=", rest, re.MULTILINE)
    block = _TEMPLATE.format(
        begin=BEGIN,
        end=END,
        course_id="" if own_id else f"c.CourseDirectory.course_id = {course_id!r}\n",
        course=Path(os.path.relpath(course_root.resolve(), classroom.resolve())).as_posix(),
        generate=_listed(_GENERATE),
        sanitize=_listed(_SANITIZE),
        autograde=_listed(_AUTOGRADE),
    )
    separator = "" if not rest or rest.endswith("\n\n") else "\n" if rest.endswith("\n") else "\n\n"
    return f"{rest}{separator}{block}"


def overruled(text: str) -> tuple[str, ...]:
    """The settings outside of our block that the block puts aside."""
    rest = _BLOCK.sub("", text)
    names = ("GenerateAssignment.preprocessors", "sanitize_preprocessors", "autograde_preprocessors")
    return tuple(name for name in names if re.search(rf"^[^#\n]*\b{re.escape(name)}\b", rest, re.MULTILINE))


def _listed(names: tuple[str, ...]) -> str:
    return "\n".join(f'    "{name}",' for name in names)
