"""The words of free-text answers beside nbgrader's grades, so that what people confirmed can teach.

They lie in a table of our own in the gradebook, so they never leave the classroom. An answer counts as confirmed while its
grade holds a person's score and waits for nobody.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from autograder import nbgradermodels
from autograder.freetext.neighbours import Confirmed

_TABLE = "autograde_answers"
Key = tuple[str, str]
"""The id of a submitted notebook, and the id of an item in it."""


def answers_table(session: Any) -> Any:
    """Our table, made if need be."""
    from sqlalchemy import Column, MetaData, String, Table, Text

    table = Table(
        _TABLE,
        MetaData(),
        Column("notebook_id", String(32), primary_key=True),
        Column("item", String(128), primary_key=True),
        Column("answer", Text, nullable=False),
    )
    table.create(session.connection(), checkfirst=True)
    return table


def keep(session: Any, notebooks: Collection[str], answers: Mapping[Key, str]) -> None:
    """Makes *answers* all that is kept of *notebooks*."""
    table = answers_table(session)
    known = _rows(session, table.select().where(table.c.notebook_id.in_(notebooks)))
    for notebook, item in {*known} - {key for key, text in answers.items() if known.get(key) == text}:
        session.execute(table.delete().where(table.c.notebook_id == notebook, table.c.item == item))
    rows = [
        {"notebook_id": key[0], "item": key[1], "answer": text}
        for key, text in answers.items()
        if known.get(key) != text
    ]
    if rows:
        session.execute(table.insert(), rows)


def confirmed(
    session: Any, students: Mapping[str, str], items: Mapping[str, str]
) -> dict[str, list[tuple[str, Confirmed]]]:
    """By item, and then with their students: the answers to which people gave points.

    *students* go by the id of the notebook, *items* by the id of the cell that holds their score.
    """
    api = nbgradermodels.api()
    answers = _rows(session, answers_table(session).select())
    columns = (api.Grade.notebook_id, api.Grade.cell_id, api.Grade.manual_score)
    found: dict[str, list[tuple[str, Confirmed]]] = {}
    for notebook, cell, score in session.query(*columns).filter(
        api.Grade.manual_score.isnot(None), api.Grade.needs_manual_grade.is_(False)
    ):
        answer = answers.get((notebook, items.get(cell, "")))
        if notebook in students and answer is not None:
            found.setdefault(items[cell], []).append((students[notebook], Confirmed(answer, score)))
    return {item: sorted(rows, key=lambda row: row[0]) for item, rows in found.items()}


def _rows(session: Any, question: Any) -> dict[Key, str]:
    return {(row.notebook_id, row.item): row.answer for row in session.execute(question)}
