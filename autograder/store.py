"""Keeps each report the moment it is made, so that whatever happens next, nothing is graded twice or lost.

One SQLite file, each report committed on its own (WAL, `synchronous=FULL`: survives `kill -9` and power loss), keyed
by a hash of all that decides it. Two graders may use one store at once: the rows are equal whoever writes them.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from weakref import WeakValueDictionary

from autograder import report
from autograder.errors import AutogradeError

SCHEMA = 1
WAIT_SECONDS = 30.0

_TABLES = """
CREATE TABLE IF NOT EXISTS results (key TEXT PRIMARY KEY, report TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS latest (
    student TEXT NOT NULL, lesson TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (student, lesson)
) WITHOUT ROWID;
"""


@dataclass(frozen=True)
class Store:
    """An open results store; `Store.open` makes one."""

    path: Path
    _connection: sqlite3.Connection
    _read: WeakValueDictionary[bytes, report.Report] = field(default_factory=WeakValueDictionary)
    """Reports that somebody holds, by a hash of their text: most are asked for twice, and reading one takes a while."""

    @classmethod
    @contextmanager
    def open(cls, path: Path) -> Iterator[Store]:
        """The store at *path*, made if need be; raises AutogradeError if it is no store of ours or cannot be used."""
        path.parent.mkdir(parents=True, exist_ok=True)
        with _told_to_people(path), closing(_connect(path)) as connection:
            yield cls(path, connection)

    def find(self, key: str) -> report.Report | None:
        """The report kept under *key*, if any."""
        row = self._connection.execute("SELECT report FROM results WHERE key = ?", (key,)).fetchone()
        return self._report(row[0]) if row else None

    def keep(self, key: str, kept: report.Report, *, latest: bool = True) -> None:
        """Commits *kept* under *key* and, unless told otherwise, makes it the latest of its student and lesson."""
        with self._connection:
            self._connection.execute(
                "INSERT OR REPLACE INTO results VALUES (?, ?)", (key, report.to_json(kept))
            )
            if latest:
                self._connection.execute(
                    "INSERT OR REPLACE INTO latest VALUES (?, ?, ?)", (kept.student, kept.lesson, key)
                )

    def latest_of(self, student: str, lesson: str) -> report.Report | None:
        """The latest report of one student and lesson, if any."""
        row = self._connection.execute(
            "SELECT report FROM latest JOIN results USING (key) WHERE student = ? AND lesson = ?",
            (student, lesson),
        ).fetchone()
        return self._report(row[0]) if row else None

    def latest_key(self, student: str, lesson: str) -> str:
        """The key of the latest report of one student and lesson; empty if there is none."""
        row = self._connection.execute(
            "SELECT key FROM latest WHERE student = ? AND lesson = ?", (student, lesson)
        ).fetchone()
        return row[0] if row else ""

    def latest(self) -> Iterator[report.Report]:
        """The latest report of every student and lesson, sorted by both, read one after the other."""
        rows = self._connection.execute(
            "SELECT report FROM latest JOIN results USING (key) ORDER BY student, lesson"
        )
        return (self._report(text) for (text,) in rows)

    def _report(self, text: str) -> report.Report:
        digest = hashlib.sha256(text.encode()).digest()
        found = self._read.get(digest)
        if found is None:
            found = self._read[digest] = report.from_json(text)
        return found


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=WAIT_SECONDS)
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version not in (0, SCHEMA):
        connection.close()
        raise AutogradeError(
            f"{path} was written by another version of autograde (format {version}, this one writes {SCHEMA})",
            "use that version, or move the file away and grade again",
        )
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.executescript(_TABLES)
    connection.execute(f"PRAGMA user_version = {SCHEMA}")
    return connection


@contextmanager
def _told_to_people(path: Path) -> Iterator[None]:
    """Says in words what SQLite found; its own exceptions name neither the file nor the way out."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if "locked" in str(error) or "busy" in str(error):
            hint = "another `autograde` is writing to it; wait for it, or end it"
        else:
            hint = "is the disk full, or the folder read-only?"
        raise AutogradeError(f"{path}: {error}", hint) from error
    except sqlite3.DatabaseError as error:
        raise AutogradeError(
            f"{path} is not a results store: {error}", "move it away and grade again"
        ) from error
