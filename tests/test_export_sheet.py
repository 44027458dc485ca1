"""The table reader gives every byte back, and a replaced cell moves no other."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.errors import ExportError
from autograder.sheet import read_sheet

TEXT = st.text(
    st.one_of(st.sampled_from(list(',;\t"\r\n\\= 0é😀ش')), st.characters(codec="utf-8")), max_size=6
)
MARKS = {"utf-8": b"", "utf-8-sig": b"\xef\xbb\xbf", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}


@st.composite
def files(draw: st.DrawFn) -> tuple[bytes, list[list[str]], str]:
    """A table as bytes in any of the shapes in which an LMS writes it, and its cells."""
    width = draw(st.integers(2, 4))
    rows = [["first", *(f"h{i}" for i in range(1, width))]]
    rows += draw(st.lists(st.lists(TEXT, min_size=width, max_size=width), max_size=4))
    delimiter = draw(st.sampled_from([",", ";", "\t"]))
    newline = draw(st.sampled_from(["\r\n", "\n", "\r"]))
    # Python's writer quotes only the line end that it was given, so with a single one everything is quoted
    quoting = (
        draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])) if newline == "\r\n" else csv.QUOTE_ALL
    )
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=newline, quoting=quoting).writerows(rows)
    encoding = draw(st.sampled_from(list(MARKS)))
    out = text.getvalue()
    if draw(st.booleans()):
        out = out.removesuffix(newline)
    return MARKS[encoding] + out.encode(encoding.removesuffix("-sig")), rows, delimiter


@given(files())
def test_reading_and_writing_gives_the_same_bytes(drawn: tuple[bytes, list[list[str]], str]) -> None:
    content, rows, delimiter = drawn

    sheet = read_sheet(content, "f", (delimiter,))

    assert content == sheet.with_cells({})
    assert rows == [[cell.text for cell in row] for row in sheet.rows]


@given(files(), st.data())
def test_a_replaced_cell_leaves_the_bytes_before_and_after_it(
    drawn: tuple[bytes, list[list[str]], str], data: st.DataObject
) -> None:
    content, rows, delimiter = drawn
    sheet = read_sheet(content, "f", (delimiter,))
    row = data.draw(st.integers(0, len(rows) - 1))
    column = data.draw(st.integers(0, len(rows[row]) - 1))
    new = data.draw(TEXT)

    changed = sheet.with_cells({(row, column): new})

    cell = sheet.rows[row][column]
    before = sheet.mark + sheet.text[: cell.start].encode(sheet.encoding)
    after = sheet.text[cell.end :].encode(sheet.encoding)
    assert changed.startswith(before)
    assert changed.endswith(after)
    rows[row][column] = new
    if (row, column) != (0, 0):
        assert rows == [[c.text for c in r] for r in read_sheet(changed, "f", (delimiter,)).rows]


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ('a,b\n"x;y;z",1\n', ","),
        ("a;b\n1,5;2,5\n", ";"),
        ("a\tb c, d\n1\t2\n", "\t"),
        ('"a, b";c;d\n"1, 2";3;4\n', ";"),
    ],
)
def test_the_delimiter_is_the_one_that_gives_a_regular_table(text: str, delimiter: str) -> None:
    assert delimiter == read_sheet(text.encode(), "f").delimiter


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_recognised(encoding: str) -> None:
    content = "Username\tHW 1\nann\t9\n".encode(encoding)

    assert (encoding, content) == (read_sheet(content, "f").encoding, read_sheet(content, "f").with_cells({}))


def test_the_place_of_a_fault_counts_lines_inside_of_quotes() -> None:
    content = b'a,b\r\n"two\r\nlines",1\r\n"never ends'

    with pytest.raises(
        ExportError, match=r"^f:4:1: a quoted cell begins here and never ends; the file is cut off"
    ):
        read_sheet(content, "f")


def test_half_a_character_of_utf_16_is_a_cut_off_file() -> None:
    with pytest.raises(ExportError, match="not UTF-16-LE"):
        read_sheet(b"\xff\xfe" + "a\tb\n".encode("utf-16-le") + b"x", "f")
