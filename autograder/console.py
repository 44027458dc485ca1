"""How things look on a terminal: tables, problems, one student's report, a progress bar.

The only home of rich. Every text that a student or a file brought along is escaped here before it is shown.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import IO, Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from autograder.errors import counted
from autograder.report import CheckResult, ItemReport, Report, hint_helps, in_common, together

_MARKS = {
    "pass": ("✓", "green"),
    "fail": ("✗", "red"),
    "error": ("✗", "red"),
    "timeout": ("✗", "red"),
    "skipped": ("–", "dim"),
    "review": ("?", "yellow"),
    "broken": ("!", "bold red"),
}
_WORDS = {"review": "a person will look at this", "broken": "our check failed, not you", "skipped": "skipped"}


class Step(Protocol):
    """Moves a progress bar on by one."""

    def __call__(self, done: str, /) -> None: ...


def make(stream: IO[str], color: str = "auto") -> Console:
    """A console on *stream*; colour only on a terminal unless asked for, and never against NO_COLOR."""
    plain = color == "never" or (color == "auto" and bool(os.environ.get("NO_COLOR")))
    width = None if stream.isatty() or "COLUMNS" in os.environ else 140
    return Console(
        file=stream,
        force_terminal=True if color == "always" else None,
        no_color=plain,
        width=width,
        highlight=False,
        emoji=False,
        markup=False,
        soft_wrap=False,
    )


def safe(text: str) -> str:
    """*text* with everything that a terminal might obey made visible."""
    return "".join(char if char == "\n" or char.isprintable() else _escape(char) for char in text)


def _escape(char: str) -> str:
    return " " if char.isspace() else char.encode("unicode_escape").decode("ascii")


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    """A plain table of texts, all of them made safe."""
    made = Table(box=None, pad_edge=False, header_style="bold")
    for heading in headings:
        made.add_column(heading, overflow="fold")
    for row in rows:
        made.add_row(*(Text(safe(text)) for text in row))
    return made


def class_table(reports: Sequence[Report], columns: Sequence[str]) -> Table:
    """One row a student, one column an exercise or quiz; what needs a person is marked `?`, what is ours `!`."""
    made = Table(box=None, pad_edge=False, header_style="bold")
    made.add_column("student", no_wrap=True, overflow="ellipsis", max_width=24)
    for column in columns:
        made.add_column(column.replace("_", " "), justify="right", overflow="fold")
    made.add_column("total", justify="right", no_wrap=True)
    for student, cells, total in _rows(reports, columns):
        made.add_row(Text(safe(student)), *cells, total)
    return made


def _rows(reports: Sequence[Report], columns: Sequence[str]) -> Iterator[tuple[str, list[Text], Text]]:
    by_student: dict[str, dict[str, ItemReport]] = {}
    for report in reports:
        items = by_student.setdefault(report.student, {})
        for item in report.items:
            items[column_of(report, item)] = _joined(items.get(column_of(report, item)), item)
    for student, items in sorted(by_student.items()):
        cells = [_cell(items.get(column)) for column in columns]
        points = sum(item.points for item in items.values())
        whole = sum(item.max_points for item in items.values())
        yield student, cells, Text(f"{points}/{whole}")


def column_of(report: Report, item: ItemReport) -> str:
    """The table's column that an item belongs to: its own, or all quiz questions together."""
    return "quizzes" if item.kind == "quiz" else item.id


def _joined(earlier: ItemReport | None, item: ItemReport) -> ItemReport:
    if earlier is None:
        return item
    return ItemReport(item.id, item.kind, item.title, earlier.checks + item.checks)


def _cell(item: ItemReport | None) -> Text:
    if item is None:
        return Text("")
    mark, style = {"review": (" ?", "yellow"), "broken": (" !", "bold red")}.get(item.outcome, ("", ""))
    if not mark:
        style = "green" if item.points == item.max_points else "red" if not item.points else ""
    return Text(f"{item.points}/{item.max_points}{mark}", style=style)


def student_report(report: Report, titles: dict[str, str]) -> Iterator[Text]:
    """The report as its student reads it, line by line."""
    heading = (
        f"{report.student} · {titles.get(report.lesson, report.lesson)}" if report.lesson else report.student
    )
    yield Text(safe(heading), style="bold")
    yield Text(
        f"{report.points} of {counted(report.max_points, 'point')}"
        + (" so far" if report.needs_person else "")
    )
    for problem in (*report.notes, *report.problems):
        yield Text(f"note: {safe(problem)}", style="yellow")
    for item in report.items:
        yield Text("")
        yield from _item(item)


def _item(item: ItemReport) -> Iterator[Text]:
    if item.kind == "code":  # of the others, the only check has the title of the whole
        yield Text(safe(f"{item.title}  {item.points}/{item.max_points}"), style="bold")
    for sentence in item.diagnosis:
        yield Text(f"  → {safe(sentence)}", style="yellow")
    for checks in together(item.checks):
        yield from _checks(checks)


def _checks(checks: Sequence[CheckResult]) -> Iterator[Text]:
    """The checks of a group, their hints as far as these still help, and what they have in common."""
    alone = len(checks) == 1
    for check in checks:
        yield _heading(check)
        if alone:
            yield from _indented(check.message)
        if check.hint and hint_helps(check, alone=alone):
            yield from _indented(f"hint: {check.hint}", "dim")
    if not alone:
        yield from _indented(f"{in_common(checks)}: {checks[0].message}")


def _heading(check: CheckResult) -> Text:
    mark, style = _MARKS[check.outcome]
    word = f"  ({_WORDS[check.outcome]})" if check.outcome in _WORDS else ""
    line = Text(f"  {mark} ", style=style)
    line.append(safe(f"{check.title}  {check.points}/{check.max_points}{word}"), style="")
    return line


def _indented(text: str, style: str = "") -> Iterator[Text]:
    for row in safe(text).splitlines():
        yield Text(f"      {row}", style=style)


@contextmanager
def progress(console: Console, total: int, *, quiet: bool) -> Iterator[Step]:
    """A bar with rate and time left while the block runs; nothing at all where stderr is no terminal."""
    bar = Progress(
        TextColumn("grading"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[last]}"),
        console=console,
        disable=quiet or not console.file.isatty(),  # colours may be asked for in a file, animation never
        transient=True,
    )
    with bar:
        task = bar.add_task("grading", total=total, last="", rate="")

        def step(done: str, /) -> None:
            if bar.disable:
                return
            speed = bar.tasks[task].speed
            bar.update(task, advance=1, last=safe(done), rate=f"{speed:.1f}/s" if speed else "")

        yield step


def lines(console: Console, rows: Iterable[str | Text]) -> None:
    """Prints *rows* as they are, without wrapping them at the edge."""
    for row in rows:
        console.print(row, soft_wrap=True)


def plain_error(text: str, hint: str = "") -> None:
    """One message on stderr, for when nothing else is set up yet."""
    sys.stderr.write(f"error: {safe(text)}\n" + (f"\nhint: {safe(hint)}\n" if hint else ""))
