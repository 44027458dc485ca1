"""What `nbgrader zip_collect` loads from us: the same reader of an LMS's download that `autograde grade --from` uses.

nbgrader's own plugins unpack whatever an archive says, read Blackboard's times wrong, and take the LMS's id for the
student's. In nbgrader_config.py:

    c.ZipCollectApp.extractor_plugin = "autograder.zip_collect.LmsExtractor"
    c.ZipCollectApp.collector_plugin = "autograder.zip_collect.LmsCollector"
    c.LmsCollector.lms = "canvas"
    c.LmsCollector.roster = "roster.csv"
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from nbgrader.plugins.zipcollect import ExtractorPlugin, FileNameCollectorPlugin
from traitlets import Enum, Unicode

from autograder import lmszip, roster
from autograder.classroom import Classroom
from autograder.errors import ClassroomError
from autograder.export.moodle_worksheet import participants
from autograder.files import write_bytes
from autograder.gradebook_rows import WAIT_SECONDS, opened
from autograder.grades import Student
from autograder.lmsnames import LMSS, read_names


class LmsExtractor(ExtractorPlugin):  # type: ignore[misc]  # nbgrader has no types
    """Unpacks archives without leaving the folder; what is dangerous in them is named and left out."""

    def extract(self, archive_path: str, extracted_path: str) -> None:
        """Everything in *archive_path*, below *extracted_path*."""
        for file in sorted(Path(archive_path).rglob("*")):
            if file.suffix.lower() == ".zip" and file.is_file():
                self._unpack(file, Path(extracted_path) / file.stem)
            elif file.is_file() and not file.is_symlink():
                shutil.copy(file, Path(extracted_path) / file.name)

    def _unpack(self, file: Path, target: Path) -> None:
        try:
            with lmszip.opened(file) as archive:
                for reason in archive.refused:
                    self.log.warning("%s: %s", file, reason)
                for path in archive.paths:
                    write_bytes(target / path, archive.read(path), force=True)
        except ClassroomError as error:
            self.log.error("%s", error.message)


class LmsCollector(FileNameCollectorPlugin):  # type: ignore[misc]
    """Says of each unpacked file whose it is, by our ids, and when it was handed in; of several attempts only the last counts."""

    lms = Enum(LMSS, default_value=None, allow_none=True, help="Which LMS made the download").tag(config=True)
    roster = Unicode("", help="Who is who: a roster, or a file of the LMS").tag(config=True)
    worksheet = Unicode("", help="Moodle's grading worksheet of the same assignment").tag(config=True)
    zone = Unicode("UTC", help="The zone of the times in the download").tag(config=True)

    def collect(self, submitted_file: str) -> dict[str, str] | None:
        """What nbgrader has to know of one file; None for a file that is not taken."""
        path = Path(submitted_file)
        if path.suffix not in self.valid_ext:
            return None
        if not hasattr(self, "_known"):
            self._known = self._read()
        return self._known.get(path)

    def _read(self) -> dict[Path, dict[str, str]]:
        """All files of the download at once: only together do they say which attempt is the last."""
        if self.lms is None:
            self.log.error("c.LmsCollector.lms is not set; it is one of %s", ", ".join(LMSS))
            return {}
        root = self._extracted
        files = {
            path.relative_to(root).as_posix(): path for path in sorted(root.rglob("*")) if path.is_file()
        }
        names = read_names(self.lms, list(files), ZoneInfo(self.zone), lambda name: _head(files[name]))
        sheet = Path(self.worksheet) if self.worksheet else None
        known = participants(sheet.read_bytes(), sheet.name) if sheet else None
        joined = lmszip.join(names.hand_ins, self._students(), self.lms, known)
        for problem in (*names.strays, *joined.problems):
            self.log.warning("%s", problem)
        found: dict[Path, dict[str, str]] = {}
        for student, hand_in in joined.hand_ins.items():
            notebook = f"{self._course_directory.assignment_id}.ipynb"
            for name, member in zip(lmszip.names_of(hand_in, notebook), hand_in.members, strict=True):
                info = {"student_id": student, "file_id": name, "timestamp": lmszip.time_of(hand_in)}
                found[files[member.path]] = {key: value for key, value in info.items() if value}
        return found

    def _students(self) -> tuple[Student, ...]:
        room = Classroom(Path(self._course_directory.root), self._course_directory.db_url)
        with opened(room, WAIT_SECONDS) as rows:
            ours = [
                Student(row.id, row.first_name or "", row.last_name or "", row.email or "")
                for row in rows.students()
            ]
        return roster.with_ids(ours, roster.read(Path(self.roster))) if self.roster else tuple(ours)

    @property
    def _course_directory(self) -> Any:
        return self.parent.coursedir

    @property
    def _extracted(self) -> Path:
        app = self.parent
        folder: str = app.collect_directory_structure.format(
            downloaded=app.downloaded_directory,
            assignment_id=self._course_directory.assignment_id,
            collect_step=app.extracted_directory,
        )
        return Path(self._course_directory.root) / folder


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(4000)
