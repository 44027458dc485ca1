"""Grades as files that an LMS imports: each format is one module and one line in `FORMATS`.

Pure functions to bytes; `write` alone touches the disk. A template (the file that the LMS itself exported) comes back
with our columns filled and every other byte as it was.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from autograder import files
from autograder.errors import ExportError
from autograder.export import (
    blackboard,
    brightspace,
    canvas,
    compare,
    moodle,
    moodle_worksheet,
    moodle_xml,
    openedx,
    people,
    plain,
    sakai,
)
from autograder.export.compare import ReadCells
from autograder.export.values import Change, Export, File, Notice, Options, Policy, Target
from autograder.grades import Grades

__all__ = [
    "FORMATS",
    "Change",
    "Export",
    "File",
    "Format",
    "Notice",
    "Options",
    "Policy",
    "Target",
    "diff",
    "fill",
    "write",
]

FillTemplate = Callable[[Grades, bytes, Options], Export]
FromScratch = Callable[[Grades, Options], Export]


@dataclass(frozen=True)
class Format:
    """One format: what it is for, how to fill a file of the LMS, and how to make one where that is safe."""

    title: str
    fill_template: FillTemplate | None = None
    from_scratch: FromScratch | None = None
    read: ReadCells = field(kw_only=True)
    suffix: str = ".csv"


FORMATS: dict[str, Format] = {
    "blackboard": Format(
        "Blackboard Learn gradebook",
        blackboard.fill_template,
        blackboard.from_scratch,
        read=compare.from_layout(blackboard.read_layout),
    ),
    "brightspace": Format(
        "D2L Brightspace grades",
        brightspace.fill_template,
        brightspace.from_scratch,
        read=compare.from_layout(brightspace.read_layout),
    ),
    "canvas": Format(
        "Canvas gradebook",
        canvas.fill_template,
        canvas.from_scratch,
        read=compare.from_layout(canvas.read_layout),
    ),
    "csv": Format("table for people", None, people.from_scratch, read=compare.read_people),
    "json": Format(
        "all grades, for programs", None, plain.from_scratch, read=compare.read_json, suffix=".json"
    ),
    "moodle": Format(
        "Moodle gradebook (CSV)",
        moodle.fill_template,
        moodle.from_scratch,
        read=compare.from_layout(moodle.read_layout),
    ),
    "moodle-worksheet": Format(
        "Moodle grading worksheet of one assignment",
        moodle_worksheet.fill_template,
        read=compare.from_layout(moodle_worksheet.read_layout),
    ),
    "moodle-xml": Format(
        "Moodle grades (XML)",
        moodle_xml.fill_template,
        moodle_xml.from_scratch,
        read=compare.read_moodle_xml,
        suffix=".xml",
    ),
    "openedx": Format(
        "Open edX bulk grades or staff graded points",
        openedx.fill_template,
        read=compare.from_layout(openedx.read_layout),
    ),
    "sakai": Format(
        "Sakai gradebook",
        sakai.fill_template,
        sakai.from_scratch,
        read=compare.from_layout(sakai.read_layout),
    ),
}


def fill(
    format_name: str, grades: Grades, template: bytes | None = None, options: Options | None = None
) -> Export:
    """The grades in the format called *format_name*; raises ExportError if that cannot be done safely."""
    options = options or Options()
    chosen = FORMATS[format_name]
    if template is None:
        if chosen.from_scratch is None:
            raise ExportError(
                f"`{format_name}` needs the file that the LMS exported", "give it with `--template FILE`"
            )
        return chosen.from_scratch(grades, options)
    if chosen.fill_template is None:
        raise ExportError(f"`{format_name}` is not filled into a template", "leave `--template` out")
    return chosen.fill_template(grades, template, options)


def diff(
    format_name: str, export: Export, earlier: bytes, name: str = "earlier export"
) -> tuple[Change, ...]:
    """What is different from an earlier export in the same format; `lesson` and `column` are the heading."""
    return compare.compare(FORMATS[format_name].read, earlier, name, export)


def write(export: Export, path: Path, *, force: bool = False) -> tuple[Path, ...]:
    """Write the files of *export*: a single one as *path*, several into the folder *path*.

    An existing file is replaced only with *force*; unless all the names are free, none is written.
    """
    if len(export.files) == 1 and not path.is_dir():
        contents = {path: export.files[0].content}
    else:
        contents = {path / file.name: file.content for file in export.files}
    there = [str(target) for target in contents if target.exists()]
    if there and not force:
        raise ExportError(
            f"{', '.join(there)} exists already", "choose another name, or replace it with `--force`"
        )
    for target, content in contents.items():
        files.write_bytes(target, content, force=force)
    return tuple(contents)
