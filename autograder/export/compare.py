"""What is different between an earlier export and this one, read back from the bytes of both."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from autograder.errors import ExportError
from autograder.export.fill import Layout
from autograder.export.values import Change, Export
from autograder.export.xmlfile import read_elements
from autograder.sheet import decode, read_sheet

NO_ROW = "(not in the file)"
Cells = Mapping[tuple[str, str], str]
"""Everything an export says, by the student's id in that file and the heading."""

ReadCells = Callable[[bytes, str], Cells]


def compare(read: ReadCells, earlier: bytes, name: str, export: Export) -> tuple[Change, ...]:
    """The cells that differ. Of an export in several files, those that the earlier file is about count."""
    old = read(earlier, name)
    new: dict[tuple[str, str], str] = {}
    for file in export.files:
        new.update(read(file.content, file.name))
    if len(export.files) > 1:
        headings = {heading for _, heading in old}
        new = {key: value for key, value in new.items() if key[1] in headings}
    return tuple(
        Change(
            student,
            heading,
            heading,
            old.get((student, heading), NO_ROW),
            new.get((student, heading), NO_ROW),
        )
        for student, heading in dict.fromkeys((*old, *new))
        if old.get((student, heading)) != new.get((student, heading))
    )


def from_layout(read_layout: Callable[[bytes, str], Layout]) -> ReadCells:
    """Reads the grade columns of a table as the LMS lays it out."""

    def read(content: bytes, file: str) -> Cells:
        layout = read_layout(content, file)
        return {
            (
                next((value for value in person.ids.values() if value), person.name),
                item.heading,
            ): layout.sheet.value(row, item.position)
            for row, person in zip(layout.rows, layout.people, strict=True)
            for item in layout.items
        }

    return read


def read_people(content: bytes, file: str) -> Cells:
    """The table for people: students in the first column, lessons from the fifth on."""
    sheet = read_sheet(content, file, (",",))
    return {
        (sheet.value(row, 0), sheet.value(0, position)): sheet.value(row, position)
        for row in range(1, len(sheet.rows))
        for position in range(4, len(sheet.rows[0]))
    }


def read_json(content: bytes, file: str) -> Cells:
    """The state and points of every student and lesson."""
    try:
        data = json.loads(decode(content, file)[0])
        cells = {
            (student["id"], lesson): " ".join(
                str(part)
                for part in (grade["state"], grade["points"], "late" * grade["late"])
                if part not in (None, "")
            )
            for student in data["students"]
            for lesson, grade in student["grades"].items()
        }
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ExportError(f"{file}: this is no export in our JSON format") from error
    return cells


def read_moodle_xml(content: bytes, file: str) -> Cells:
    """The score of every student and item."""
    cells = {}
    for result in read_elements(decode(content, file)[0], file).children:
        parts = [result.child(name) for name in ("student", "assignment", "score")]
        student, item, score = (part.text if part else "" for part in parts)
        cells[student, item] = score
    return cells
