"""The notebook that a human grader, and later the student, looks at: the hand-in, with our cells restored and the checks shown.

What the student wrote stays, made harmless. Every cell of ours is there exactly once, with our points and, where it is locked,
our text. In each cell with points stands the table of its checks, followed by one result that is a plain number: from it
nbgrader's own rules would read the same points.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from autograder import evidence, harmless
from autograder.notebooks import SourceCell, cell_id, metadata_of, notebook_of
from autograder.questions import points
from autograder.report import CheckResult, ItemReport, Report
from autograder.untrusted import grade_id_of, source_of

WIDTH = 100
Cell = dict[str, Any]


def restored(
    cells: Sequence[SourceCell], submitted: Sequence[Mapping[str, Any]], answers: Mapping[str, str]
) -> list[Cell]:
    """The hand-in with every cell of *cells* in it exactly once; *answers* says what was read as answer of an item.

    Of several cells with one id the last is taken, as nbgrader does; the others stay as ordinary cells. What the
    student deleted is put back behind its predecessor.
    """
    ours = {cell.id: cell for cell in cells}
    last = {grade_id_of(cell): number for number, cell in enumerate(submitted)}
    budget = harmless.Budget()
    found: list[Cell] = []
    for number, cell in enumerate(submitted):
        name = grade_id_of(cell)
        if name in ours and last[name] == number:
            found.append(_ours(ours[name], cell, answers, budget))
        else:
            found.append(_theirs(cell, number, budget))
    _put_back(found, cells, answers)
    return found


def graded(cells: Sequence[Cell], report: Report) -> list[Cell]:
    """*cells* with the outcome of every item of *report*: as output where there are points, else as a note below the answer."""
    items = {_graded_name(item): item for item in report.items}
    shown: list[Cell] = []
    notes = (*report.notes, *report.problems)
    if notes:
        shown.append(_note("notes-on-this-hand-in", "**Notes on this hand-in**", notes))
    for cell in cells:
        item = items.get(grade_id_of(cell))
        shown.append({**cell, "outputs": _result(item)} if item and cell["cell_type"] == "code" else cell)
        if item and item.suggested:
            shown.append(_markdown(f"{item.id}-note", evidence.table(item.suggested, item.max_points)))
        elif item and item.kind == "text":
            shown.append(_note(f"{item.id}-note", "**autograde**", [check.message for check in item.checks]))
    return shown


def notebook(cells: Sequence[Cell]) -> dict[str, Any]:
    """A notebook of *cells*, each with an id of its own."""
    names: set[str] = set()
    numbered = []
    for cell in cells:
        name = cell_id(cell["id"])
        while name in names:
            name = cell_id(f"{name}-again")
        names.add(name)
        numbered.append({**cell, "id": name})
    return notebook_of(numbered)


def table(item: ItemReport) -> str:
    """The checks of an item for people, as text."""
    lines = [f"{points(item.points)} of {item.max_points}", ""]
    for check in item.checks:
        lines += _check_lines(check)
    if item.diagnosis:
        lines += ["", "What the checks together look like:", *_indented(item.diagnosis, 2)]
    if item.limits:
        lines += ["", f"Limits that were reached: {', '.join(item.limits)}"]
    return "\n".join(lines) + "\n"


def _check_lines(check: CheckResult) -> Iterator[str]:
    earned = f"{check.points}/{check.max_points}"
    yield f"  {earned:>7}  {check.outcome:<8} {check.title}".rstrip()
    yield from _indented(check.message.splitlines(), 20)
    if check.hint and check.outcome not in ("pass", "skipped", "broken"):
        yield from _indented([f"hint: {check.hint}"], 20)


def _indented(lines: Sequence[str], indent: int) -> Iterator[str]:
    for line in lines:
        yield from textwrap.wrap(
            line, WIDTH, initial_indent=" " * indent, subsequent_indent=" " * indent, break_on_hyphens=False
        )


def _graded_name(item: ItemReport) -> str:
    return {"code": f"{item.id}-checks", "quiz": f"{item.id}-points", "text": item.id}[item.kind]


def _result(item: ItemReport) -> list[Cell]:
    """The table on stdout, then one result that is a plain number: the only form that nbgrader reads as partial credit."""
    number = {"text/plain": str(int(item.points))}
    return [
        {"output_type": "stream", "name": "stdout", "text": harmless.text(table(item))},
        {"output_type": "execute_result", "execution_count": None, "data": number, "metadata": {}},
    ]


def _ours(
    cell: SourceCell, submitted: Mapping[str, Any], answers: Mapping[str, str], budget: harmless.Budget
) -> Cell:
    restored = _blank(cell, answers)
    if cell.solution and cell.id not in answers:
        restored["source"] = _shown_source(cell.kind, source_of(submitted))
    if cell.kind == "code" and not cell.grade and submitted.get("cell_type") == "code":
        restored["outputs"] = harmless.outputs(submitted.get("outputs"), budget)
        restored["execution_count"] = _count(submitted)
    if cell.kind == "markdown" and cell.solution:
        restored["attachments"] = harmless.attachments(submitted.get("attachments"), budget)
    return restored


def _blank(cell: SourceCell, answers: Mapping[str, str]) -> Cell:
    """A cell of ours before anybody looked into it, save for an answer that is known from elsewhere."""
    source = (
        _shown_source(cell.kind, answers[cell.id]) if cell.solution and cell.id in answers else cell.source
    )
    restored: Cell = {
        "cell_type": cell.kind,
        "id": cell.id,
        "metadata": metadata_of(cell),
        "source": source,
    }
    return restored | ({"outputs": [], "execution_count": None} if cell.kind == "code" else {})


def _theirs(cell: Mapping[str, Any], number: int, budget: harmless.Budget) -> Cell:
    """A cell that the student added. Raw cells may hold active content, so they are shown as quoted text."""
    kind = "code" if cell.get("cell_type") == "code" else "markdown"
    source = source_of(cell)
    if cell.get("cell_type") not in ("code", "markdown"):
        source = textwrap.indent(source, "    ")
    shown: Cell = {
        "cell_type": kind,
        "id": f"student-{number}",
        "metadata": {},
        "source": _shown_source(kind, source),
    }
    if kind == "code":
        outputs = harmless.outputs(cell.get("outputs"), budget)
        return shown | {"outputs": outputs, "execution_count": _count(cell)}
    return shown | {"attachments": harmless.attachments(cell.get("attachments"), budget)}


def _shown_source(kind: str, source: str) -> str:
    cleaned = harmless.text(source)
    return harmless.markdown(cleaned) if kind == "markdown" else cleaned


def _count(cell: Mapping[str, Any]) -> int | None:
    count = cell.get("execution_count")
    return count if isinstance(count, int) and 0 <= count < 10**9 else None


def _put_back(found: list[Cell], cells: Sequence[SourceCell], answers: Mapping[str, str]) -> None:
    there = {grade_id_of(cell) for cell in found}
    before = ""
    for cell in cells:
        if cell.id not in there:
            place = next(
                (n + 1 for n, other in enumerate(found) if before and grade_id_of(other) == before), 0
            )
            found.insert(place, _blank(cell, answers))
        before = cell.id


def _note(name: str, heading: str, lines: Sequence[str]) -> Cell:
    rows = [f"- {harmless.markdown(' '.join(line.split()))}" for line in lines if line.strip()]
    return _markdown(name, "\n".join([heading, "", *rows]))


def _markdown(name: str, source: str) -> Cell:
    return {"cell_type": "markdown", "id": name, "metadata": {}, "source": source}
