"""A table file of an LMS as cells that remember their place in the bytes, so that some can be replaced and no other byte moves.

Keeps the byte order mark, the encoding (UTF-8, UTF-16), the delimiter, each line end, each cell's quoting and the
final newline. What the columns mean is for those who read it.
"""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from autograder.errors import ExportError, Place

MAX_BYTES = 50 * 1024 * 1024
_SNIFF_ROWS = 5
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_AGAIN = "download the file again from the LMS, and do not open it in a spreadsheet program in between"


class Cell(NamedTuple):
    """One cell: its text without quoting, and where the raw cell (with its quotes) lies in the text of the file."""

    text: str
    start: int
    end: int
    quoted: bool


class Lines:
    """Turns offsets in a text into lines and columns; lines end at CRLF, LF or CR."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.starts = [0, *(found.end() for found in re.finditer(r"\r\n|\n|\r", text))]

    def place(self, offset: int) -> Place:
        line = bisect_right(self.starts, offset)
        return Place(self.file, line, offset - self.starts[line - 1] + 1)


@dataclass(frozen=True)
class Sheet:
    """A parsed table file; rows and cells count from 0, places from 1."""

    file: str
    text: str
    mark: bytes
    encoding: str
    delimiter: str
    rows: tuple[tuple[Cell, ...], ...]

    def value(self, row: int, column: int) -> str:
        """The text of a cell; a cell that the row does not have is empty."""
        cells = self.rows[row]
        return cells[column].text if column < len(cells) else ""

    def place(self, row: int, column: int = 0) -> Place:
        """Where a cell begins, for a message."""
        cells = self.rows[row]
        return self._lines.place(cells[min(column, len(cells) - 1)].start)

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.file, self.text)

    def is_blank(self, row: int) -> bool:
        return not any(cell.text.strip() for cell in self.rows[row])

    def with_cells(self, values: Mapping[tuple[int, int], str]) -> bytes:
        """The bytes of the file with these cells replaced; a cell that was quoted stays quoted."""
        parts: list[str] = []
        done = 0
        for (row, column), value in sorted(values.items()):
            cell = self.rows[row][column]
            parts += (self.text[done : cell.start], raw_cell(value, self.delimiter, quoted=cell.quoted))
            done = cell.end
        parts.append(self.text[done:])
        return self.mark + "".join(parts).encode(self.encoding)


def read_sheet(content: bytes, file: str, delimiters: Sequence[str] = (",", ";", "\t")) -> Sheet:
    """The table in *content*; the delimiter is the one of *delimiters* that gives the widest regular table."""
    text, mark, encoding = decode(content, file)
    if re.match(r'"?sep=.\r?$', text[:8].split("\n")[0]):
        raise fault(
            Place(file, 1, 1),
            "the first line is `sep=`, which only a spreadsheet program understands",
            _AGAIN,
        )
    delimiter = _sniff(text, file, delimiters)
    rows = _parse(text, file, delimiter, limit=None)
    return Sheet(file, text, mark, encoding, delimiter, rows)


def refuse_ragged(sheet: Sheet, rows: Sequence[int]) -> None:
    """A row with fewer or more cells than the first one has its values under the wrong headings, or is cut off."""
    width = len(sheet.rows[0])
    for row in rows:
        if len(sheet.rows[row]) != width:
            message = f"this line has {len(sheet.rows[row])} cells and the first one has {width}; the file is cut off or was edited"
            raise fault(sheet.place(row, len(sheet.rows[row]) - 1), message, _AGAIN)


def write_rows(rows: Sequence[Sequence[str]], *, quote_all: bool = False, newline: str = "\r\n") -> bytes:
    """A fresh comma-separated file in UTF-8 without a byte order mark."""
    lines = [",".join(raw_cell(value, ",", quoted=quote_all) for value in row) for row in rows]
    return "".join(line + newline for line in lines).encode("utf-8")


def raw_cell(value: str, delimiter: str, *, quoted: bool) -> str:
    """*value* as it stands in a file, quoted when asked or when it has to be."""
    if quoted or any(special in value for special in (delimiter, '"', "\n", "\r")):
        return '"' + value.replace('"', '""') + '"'
    return value


def decode(content: bytes, file: str) -> tuple[str, bytes, str]:
    """The text of a file from an LMS, its byte order mark and its encoding; raises ExportError for any other encoding."""
    if len(content) > MAX_BYTES:
        raise fault(Place(file), f"the file has {len(content)} bytes; at most {MAX_BYTES} are read")
    if content[:4] == b"PK\x03\x04":
        raise fault(
            Place(file),
            "this is a spreadsheet or zip file, not text",
            "choose CSV when you download it from the LMS",
        )
    mark, encoding = next(
        ((mark, name) for mark, name in _MARKS if content.startswith(mark)), (b"", _guess(content))
    )
    try:
        text = content[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        before = content[len(mark) :][: error.start].decode(encoding)
        place = place_of(file, before, len(before))
        raise fault(
            place,
            f"not {encoding.upper()}: the byte 0x{error.object[error.start]:02X} cannot be read",
            _AGAIN,
        ) from error
    if not text.strip():
        raise fault(Place(file), "the file is empty", _AGAIN)
    return text, mark, encoding


def place_of(file: str, text: str, offset: int) -> Place:
    """The line and column of one offset in *text*."""
    return Lines(file, text).place(offset)


def fault(place: Place, message: str, hint: str = "") -> ExportError:
    """The error to raise for one fault at one place."""
    return ExportError(f"{place}: {message}", hint)


def _guess(content: bytes) -> str:
    """UTF-16 without a mark is known by the zero bytes of its ASCII characters; anything else has to be UTF-8."""
    head = content[:400]
    if head[1::2].count(0) > len(head) // 4:
        return "utf-16-le"
    if head[0::2].count(0) > len(head) // 4:
        return "utf-16-be"
    return "utf-8"


def _sniff(text: str, file: str, delimiters: Sequence[str]) -> str:
    if len(delimiters) == 1:
        return delimiters[0]
    return max(delimiters, key=lambda delimiter: _regularity(text, file, delimiter))


def _regularity(text: str, file: str, delimiter: str) -> tuple[bool, int]:
    """Whether the first rows are equally wide, and how wide; a row that cannot be read leaves the headings to go by."""
    try:
        rows = _parse(text, file, delimiter, limit=_SNIFF_ROWS)
    except ExportError:
        head = text.splitlines()[0]
        return False, head.count(delimiter)
    widths = {len(row) for row in rows if any(cell.text.strip() for cell in row)}
    widest = max((len(row) for row in rows), default=0)
    return len(widths) == 1 and widest > 1, widest


def _parse(text: str, file: str, delimiter: str, limit: int | None) -> tuple[tuple[Cell, ...], ...]:
    """All rows (or the first *limit*); a row ends at CRLF, LF or CR outside quotes."""
    d = re.escape(delimiter)
    match_cell = re.compile(rf'(?:"([^"]*(?:""[^"]*)*)"|((?!")[^{d}\r\n]*))({d}|\r\n|\n|\r|\Z)').match
    rows: list[tuple[Cell, ...]] = []
    cells: list[Cell] = []
    at, size = 0, len(text)
    while at < size or cells:
        found = match_cell(text, at)
        if found is None:
            raise _bad_quoting(text, file, at)
        inner, plain, after = found.groups()
        value = plain if inner is None else inner.replace('""', '"')
        cells.append(Cell(value, at, found.start(3), inner is not None))
        at = found.end()
        if after != delimiter:
            rows.append(tuple(cells))
            cells = []
            if len(rows) == limit:
                break
    return tuple(rows)


def _bad_quoting(text: str, file: str, at: int) -> ExportError:
    place = place_of(file, text, at)
    closed = re.compile(r'"[^"]*(?:""[^"]*)*"').match(text, at)
    if closed is None:
        return fault(place, "a quoted cell begins here and never ends; the file is cut off", _AGAIN)
    return fault(place, "text follows the closing quote of this cell", _AGAIN)
