"""Tables of nbgrader's gradebook in bulk: rows come as plain objects, and only what differs afterwards is written.

SQLAlchemy's own objects would do the same for each row; for a class they take ten times the memory, and most of the time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from types import SimpleNamespace
from typing import Any, TypeVar

Some = TypeVar("Some")
MOST = 200
"""Hand-ins looked at together: few enough for memory, and for what a database takes as arguments of one question."""


def batches(values: Iterable[Some]) -> Iterator[list[Some]]:
    """*values* in their order, few at a time."""
    waiting = iter(values)
    return iter(lambda: list(islice(waiting, MOST)), [])


class Table:
    """Some columns of one table, of which `id` is one. What is found or added may be changed; `write` takes it over."""

    def __init__(self, session: Any, model: Any, columns: Sequence[str]) -> None:
        self._session = session
        self._table = model.__table__
        self._columns = columns
        self._found: list[tuple[SimpleNamespace, Mapping[str, Any]]] = []
        self._new: list[SimpleNamespace] = []

    def find(self, **wanted: Sequence[Any]) -> list[SimpleNamespace]:
        """The rows whose columns have one of the values *wanted* of each."""
        from sqlalchemy import select

        columns = self._table.c
        question = select(*(columns[name] for name in self._columns)).where(
            *(columns[name].in_(values) for name, values in wanted.items())
        )
        kept = [dict(zip(self._columns, row, strict=True)) for row in self._session.execute(question)]
        rows = [SimpleNamespace(**values) for values in kept]
        self._found += zip(rows, kept, strict=True)
        return rows

    def add(self, **values: Any) -> SimpleNamespace:
        """A new row, without a value in all other columns."""
        row = SimpleNamespace(**{**dict.fromkeys(self._columns), **values})
        self._new.append(row)
        return row

    def write(self) -> None:
        """Inserts what was added and updates what was changed since it was found; then forgets all rows."""
        if self._new:
            self._session.execute(self._table.insert(), [vars(row) for row in self._new])
        for columns, rows in self._changed().items():
            self._update(columns, rows)
        self._found, self._new = [], []

    def _changed(self) -> dict[tuple[str, ...], list[SimpleNamespace]]:
        """The rows to update, by the columns in which they differ: what others put into another column stays."""
        found: dict[tuple[str, ...], list[SimpleNamespace]] = {}
        for row, kept in self._found:
            if vars(row) != kept:
                differing = tuple(name for name in self._columns if vars(row)[name] != kept[name])
                found.setdefault(differing, []).append(row)
        return found

    def _update(self, columns: Sequence[str], rows: Sequence[SimpleNamespace]) -> None:
        from sqlalchemy import bindparam

        change = (
            self._table.update()
            .where(self._table.c.id == bindparam("which"))
            .values({name: bindparam(f"new_{name}") for name in columns})
        )
        values = [{"which": row.id} | {f"new_{name}": vars(row)[name] for name in columns} for row in rows]
        self._session.execute(change, values)
