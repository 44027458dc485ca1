"""Reports as pages for students: one HTML file each, with everything in it, that works without scripts and without network.

Serves every intake. Where a gradebook knows more than the report (a person's score or comment, a late penalty), that is
shown as well. All text is escaped; nothing of a check but its title, its message and its hint is ever in a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from html import escape
from pathlib import Path
from urllib.parse import quote

from autograder import evidence, gradebook
from autograder.course import Course
from autograder.errors import AutogradeError
from autograder.feedback_style import STYLE
from autograder.files import write_text
from autograder.gradebook import PersonGrade
from autograder.grades import Grade, Grades
from autograder.questions import points as counted
from autograder.report import (
    CheckResult,
    ItemReport,
    Outcome,
    Report,
    Suggested,
    hint_helps,
    in_common,
    together,
)

_CODE = re.compile(r"(?<!\w)`([^`\n]+)`(?!\w)")

_WORDS: Mapping[Outcome, str] = {
    "pass": "✓ passed",
    "fail": "✗ not right yet",
    "error": "✗ error in the code",
    "timeout": "✗ took too long",
    "skipped": "– not run",
    "review": "? a person reads this",
    "broken": "! could not be checked",
}
_LATER = {
    "review": "The points are given by a person and are not final.",
    "broken": "This is a fault of the grader and costs you nothing. A person will look at it.",
}


@dataclass(frozen=True)
class Context:
    """The gradebook's side, by student and lesson; empty for intakes that have none."""

    grades: Grades | None = None
    items: Mapping[tuple[str, str], Mapping[str, PersonGrade]] = field(default_factory=dict)

    def grade(self, report: Report) -> Grade | None:
        return self.grades.grades.get((report.student, report.lesson)) if self.grades else None

    def item(self, report: Report, item: ItemReport) -> PersonGrade:
        return self.items.get((report.student, report.lesson), {}).get(item.id, PersonGrade())


NOTHING = Context()


def context_of(course: Course, classroom: Path) -> Context:
    """What the gradebook of *classroom* adds to the reports."""
    return Context(gradebook.read(course, classroom), gradebook.read_people(course, classroom))


def write(
    course: Course,
    reports: Iterable[Report],
    out: Path,
    *,
    context: Context = NOTHING,
    force: bool = False,
    allow_unconfirmed: bool = False,
) -> list[Path]:
    """Writes one page for each student into *out*, over its earlier one.

    Raises AutogradeError before it replaces a file that is no page of ours, unless *force*.
    Nothing is written while the gradebook has free texts that wait for a person, unless *allow_unconfirmed*.
    """
    reports = list(reports)
    if not allow_unconfirmed:
        _refuse_unconfirmed(reports, context)
    by_student: dict[str, list[Report]] = {}
    for report in reports:
        by_student.setdefault(report.student, []).append(report)
    written = []
    for student, mine in sorted(by_student.items()):
        path = out / file_name(student)
        write_text(path, page(course, student, mine, context=context), force=force or _is_ours(path))
        written.append(path)
    return written


def _refuse_unconfirmed(reports: Iterable[Report], context: Context) -> None:
    """Where there is no gradebook nobody can confirm anything, and the pages say that points are not final."""
    waiting = [
        f"{report.student}: `{item.id}`"
        for report in reports
        for item in report.items
        if item.kind == "text" and context.item(report, item).waiting
    ]
    if waiting:
        raise AutogradeError(
            "no feedback was written, because answers wait for a person:\n" + "\n".join(waiting),
            "confirm them in formgrader or with `autograde text accept`, or use `--allow-unconfirmed`",
        )


def _is_ours(path: Path) -> bool:
    """Whether an earlier page of ours is there."""
    try:
        with path.open("rb") as file:
            return _MARK.encode() in file.read(1000)
    except OSError:
        return False


def file_name(student: str) -> str:
    """A file name for a student's page, different for different students."""
    return f"{quote(student, safe=' @+=,')}.html"


def page(course: Course, student: str, reports: Sequence[Report], *, context: Context = NOTHING) -> str:
    """The whole page of one student, the lessons in the order of the course."""
    order = {lesson.id: lesson.number for lesson in course.lessons}
    ordered = sorted(reports, key=lambda report: order.get(report.lesson, 0))
    body = [
        f"<header><p>{escape(course.title)}</p><h1>Feedback for {escape(_name(student, context))}</h1></header>",
        "<main>",
        *_overview(course, ordered, context),
        *(line for report in ordered for line in _section(course, report, context)),
        "</main>",
    ]
    title = f"{course.title}: feedback for {student}"
    return _PAGE.format(mark=_MARK, title=escape(title), style=STYLE, body="\n".join(body))


_MARK = '<meta name="generator" content="autograde">'

# Nothing may be loaded or run, whatever got into the page.
_PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
{mark}
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
{body}
</body>
</html>
"""


def _name(student: str, context: Context) -> str:
    found = [person for person in context.grades.students if person.id == student] if context.grades else []
    full = " ".join(part for person in found for part in (person.first_name, person.last_name) if part)
    return f"{full} ({student})" if full else student


def _overview(course: Course, reports: Sequence[Report], context: Context) -> Iterator[str]:
    if len(reports) < 2:
        return
    yield "<table><caption>All lessons</caption>"
    yield '<thead><tr><th scope="col">Lesson</th><th scope="col">Points</th><th scope="col">State</th></tr></thead><tbody>'
    for report in reports:
        final, state = _standing(report, context)
        link = f'<a href="#{escape(_anchor(report))}">{escape(_title(course, report))}</a>'
        shown = f"{_number(final)} of {report.max_points}"
        yield f'<tr><th scope="row">{link}</th><td class="number">{shown}</td><td>{escape(state)}</td></tr>'
    yield "</tbody></table>"


def is_final(report: Report, context: Context = NOTHING) -> bool:
    """Whether nobody has to look at the hand-in any more."""
    return _standing(report, context)[1] == "final"


def _standing(report: Report, context: Context) -> tuple[Decimal, str]:
    """The points that count, and whether they are final."""
    grade = context.grade(report)
    if grade is not None and grade.points is not None:
        return grade.points, "not final yet" if grade.state == "pending" else "final"
    return Decimal(report.points), "not final yet" if report.needs_person else "final"


def _section(course: Course, report: Report, context: Context) -> Iterator[str]:
    yield f'<section id="{escape(_anchor(report))}" aria-labelledby="{escape(_anchor(report))}-title">'
    yield f'<h2 id="{escape(_anchor(report))}-title">{escape(_title(course, report))}</h2>'
    yield from _sum(report, context)
    yield from (f"<p>{_text(note)}.</p>" for note in report.notes)
    if report.problems:
        yield "<ul>" + "".join(f"<li>{_text(problem)}</li>" for problem in report.problems) + "</ul>"
    for item in report.items:
        yield from _item(item, context.item(report, item))
    yield "</section>"


def _sum(report: Report, context: Context) -> Iterator[str]:
    final, state = _standing(report, context)
    yield f"<p><strong>{_number(final)} of {counted(report.max_points)}</strong>, {state}.</p>"
    grade = context.grade(report)
    if grade is not None and grade.late:
        reason = f": {grade.reason}" if grade.reason and grade.state != "pending" else ""
        yield f'<p class="late">Handed in late{escape(reason)}.</p>'


def _item(item: ItemReport, grade: PersonGrade) -> Iterator[str]:
    earned = Decimal(item.points) if grade.points is None else grade.points
    yield "<article>"
    yield f"<h3>{escape(item.title)} <span>{_number(earned)} of {item.max_points}</span></h3>"
    final = grade.points is not None and not grade.waiting
    if final:
        yield "<p>A person gave these points.</p>"
    elif item.outcome in _LATER:
        yield f"<p>{_LATER[item.outcome]}</p>"
    elif grade.waiting:
        yield f"<p>{_LATER['review']}</p>"
    if grade.comment:
        yield f"<blockquote><p>{_text(grade.comment)}</p></blockquote>"
    for sentence in item.diagnosis:
        yield f'<p class="diagnosis">{_text(sentence)}</p>'
    if not (final and item.outcome == "review"):
        yield from _checks(item)
    if item.suggested:
        yield from _evidence(item, item.suggested, final=final)
    yield "</article>"


def _evidence(item: ItemReport, suggested: Suggested, *, final: bool) -> Iterator[str]:
    """What was found in a free text, in the student's own words; the points are shown as long as nobody gave others."""
    caption = "What was found in your answer" if final else evidence.HEADING
    if not final:
        yield f"<p>{escape(evidence.score(suggested, item.max_points))}</p>"
    yield f'<table><caption>{caption}</caption><thead><tr><th scope="col">What an answer can say</th>'
    yield '<th scope="col">Found</th><th scope="col">Your own words</th></tr></thead><tbody>'
    for row in suggested.evidence:
        quotes = " … ".join(f"<mark>{escape(quote)}</mark>" for quote in row.quotes)
        yield f'<tr><th scope="row">{escape(row.label)}</th><td>{row.status}</td><td>{quotes}</td></tr>'
    yield "</tbody></table>"
    if suggested.remarks:
        remarks = "".join(f"<li>{_text(remark)}</li>" for remark in suggested.remarks)
        yield f"<p>About this answer:</p><ul>{remarks}</ul>"


def _checks(item: ItemReport) -> Iterator[str]:
    if item.kind != "code":
        for check in item.checks:
            yield f'<p class="{check.outcome}">{_WORDS[check.outcome]}{_after(check)}</p>'
        return
    yield f'<table><caption class="quiet">Checks of {escape(item.title)}</caption>'
    yield '<thead><tr><th scope="col">Outcome</th><th scope="col">Check</th><th scope="col">Points</th></tr></thead><tbody>'
    for checks in together(item.checks):
        yield from (_row(check, alone=len(checks) == 1) for check in checks)
        if len(checks) > 1:
            yield f'<tr><td colspan="3" class="common"><p>{in_common(checks)}: {_text(checks[0].message)}</p></td></tr>'
    yield "</tbody></table>"


def _row(check: CheckResult, *, alone: bool) -> str:
    return (
        f'<tr><td class="{check.outcome}">{_WORDS[check.outcome]}</td>'
        f"<td>{_text(check.title)}{_said(check, alone=alone)}</td>"
        f'<td class="number">{check.points} of {check.max_points}</td></tr>'
    )


def _after(check: CheckResult) -> str:
    return f": {_text(check.message)}" if check.message else ""


def _said(check: CheckResult, *, alone: bool) -> str:
    lines = [f"<p>{_text(check.message)}</p>"] if check.message and alone else []
    if check.hint and hint_helps(check, alone=alone):
        lines.append(f"<p>Hint: {_text(check.hint)}</p>")
    return "".join(lines)


def _text(text: str) -> str:
    return _CODE.sub(r"<code>\1</code>", escape(text.strip())).replace("\n", "<br>")


def _title(course: Course, report: Report) -> str:
    titles = {lesson.id: f"{lesson.number}. {lesson.title}" for lesson in course.lessons}
    return titles.get(report.lesson, report.lesson) or "All exercises"


def _anchor(report: Report) -> str:
    return f"lesson-{report.lesson or 'all'}"


def _number(points: Decimal) -> str:
    """Without zeros that say nothing."""
    return f"{points.normalize():f}"
