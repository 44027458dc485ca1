"""Grades as files that an LMS imports: each format is one module and one line in `FORMATS`.

Pure functions to bytes; `write` alone touches the disk. A template (the file that the LMS itself exported) comes back
with our columns filled and every other byte as it was.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from autograder import files
from autograder.errors import ExportError
from autograder.export import canvas, people, plain
from autograder.export.values import Change, Export, File, Notice, Options, Target
from autograder.grades import Grades

__all__ = ["FORMATS", "Change", "Export", "File", "Format", "Notice", "Options", "Target", "fill", "write"]

FillTemplate = Callable[[Grades, bytes, Options], Export]
FromScratch = Callable[[Grades, Options], Export]


@dataclass(frozen=True)
class Format:
    """One format: what it is for, how to fill a file of the LMS, and how to make one where that is safe."""

    title: str
    fill_template: FillTemplate | None = None
    from_scratch: FromScratch | None = None
    suffix: str = ".csv"
    why_template: str = ""


FORMATS: dict[str, Format] = {
    "canvas": Format("Canvas gradebook", canvas.fill_template),
    "csv": Format("for people and spreadsheets", from_scratch=people.from_scratch),
    "json": Format("for programs", from_scratch=plain.from_scratch, suffix=".json"),
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
