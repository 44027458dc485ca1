"""Whatever a child or a hand-in holds, reading it gives a value or the one error made for it: no crash, no hang, no growth.

Hypothesis makes examples, the same ones in every run, and each is also tried in nine damaged forms. AUTOGRADE_FUZZ says how
many inputs in all; `make fuzz` takes a million.
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import random
import socket
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgpack
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.child import arrays, wire
from autograder.course import Course
from autograder.grade import report_of
from autograder.report import from_json, to_json
from autograder.sandbox.channel import Broken, Channel, Deadline, Gone, Late
from autograder.sandbox.values import plain
from autograder.submissions import MAX_SOURCE, find_in_inbox, read_notebook
from autograder.timestamps import parse_timestamp
from autograder.untrusted import MAX_CELLS

INPUTS = int(os.environ.get("AUTOGRADE_FUZZ", "20000"))
FORMS = 10
PARTS = 8


def fuzz(share: int) -> settings:
    """*share* of PARTS of all inputs; derandomized, so that a failure comes again."""
    return settings(
        max_examples=max(INPUTS * share // (PARTS * FORMS), 50),
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


def forms(data: bytes) -> Iterator[bytes]:
    """*data* as it is, and damaged: bytes changed, cut off, put in, said twice."""
    yield data
    chance = random.Random(data)  # noqa: S311  the same damage in every run
    for _ in range(FORMS - 1):
        made = bytearray(data)
        for _ in range(chance.randint(1, 3)):
            at, to = (chance.randrange(len(made) + 1) for _ in range(2))
            match chance.randrange(5):
                case 0 if at < len(made):
                    made[at] = chance.randrange(256)
                case 1 if at < len(made):
                    made[at] ^= 1 << chance.randrange(8)
                case 2:
                    del made[at:]
                case 3:
                    made[at:at] = chance.choice(_PIECES)
                case _:
                    made[at:at] = made[min(at, to) : max(at, to)]
        yield bytes(made)


_PIECES = (
    b"\x00",
    b"\xff\xff\xff\xff",
    b"\xdd\x00\x01\x86\xa0",
    b"\xc1",
    b"\x90",
    b"[",
    b'"',
    b"}",
    b"\xed\xa0\x80",
    b"\\ud800",
)


# What a child may send.

_scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats(width=64)
    | st.text(max_size=8)
    | st.binary(max_size=8)
)
_digits = st.from_regex(r"\A-?[0-9]{1,30}\Z") | st.text(max_size=6)
_codes = st.sampled_from(
    ["<f8", "|b1", "<i4", ">u2", "f2", "<f4", "|O", "<U4", "V8", "<f16", "M8[D]", "<f8\n"]
)
_sizes = st.lists(st.integers(-1, 5) | st.integers(0, 2**63), max_size=9)
_keys = (
    st.integers(-2, 2)
    | st.text(max_size=2)
    | st.floats()
    | st.just([wire._LIST])
    | st.just([wire._BIG, "9" * 20])
)


def _tagged(parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Lists that begin with a tag, as `pack` writes them, and lists that do not."""
    array = st.tuples(st.just(wire._ARRAY), _codes, _sizes, st.booleans() | _scalars)
    big = st.tuples(st.just(wire._BIG), _digits)
    pairs = st.lists(st.tuples(_keys, parts), max_size=3).map(lambda found: [wire._DICT, *sum(found, ())])
    tagged = st.builds(
        lambda tag, rest: [tag, *rest], st.integers(-1, 12) | _scalars, st.lists(parts, max_size=4)
    )
    return array | big | pairs | tagged | st.lists(parts, max_size=3)


_trees = st.recursive(_scalars, _tagged, max_leaves=12)


def _size(value: Any) -> int:
    """How many things *value* consists of."""
    if isinstance(value, np.ndarray):
        return value.size + 1
    if isinstance(value, dict):
        return 1 + sum(_size(key) + _size(item) for key, item in value.items())
    if isinstance(value, list | tuple | set | frozenset):
        return 1 + sum(map(_size, value))
    return 1


def _reads(body: bytes, raw: bytes) -> None:
    try:
        value = wire.unpack(body, raw)
    except wire.WireError:
        return
    assert _size(value) <= len(body) + len(raw) + 1, "more came out than went in"
    _is_plain(plain(value))


def _is_plain(value: Any) -> None:
    """Only types of which we know how they behave."""
    if isinstance(value, dict):
        value = [part for pair in value.items() for part in pair]
    if isinstance(value, list | tuple | set):
        for part in value:
            _is_plain(part)
    elif isinstance(value, np.ndarray):
        assert type(value) is np.ndarray and value.dtype == np.float64
    else:
        assert value is None or type(value) in (bool, int, float, complex, str, bytes, wire.Opaque)


@fuzz(1)
@given(st.binary(max_size=300), st.binary(max_size=64))
def test_any_bytes_give_a_value_or_a_wire_error(body: bytes, raw: bytes) -> None:
    for form in forms(body):
        _reads(form, raw)


@fuzz(2)
@given(_trees, st.binary(max_size=64))
def test_any_tree_of_tags_gives_a_value_or_a_wire_error(tree: Any, raw: bytes) -> None:
    for form in forms(msgpack.packb(tree, unicode_errors="surrogatepass")):
        _reads(form, raw)


_plain_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(max_size=20),
    lambda part: (
        st.lists(part, max_size=4)
        | st.lists(part, max_size=3).map(tuple)
        | st.dictionaries(st.text(max_size=4) | st.integers(), part, max_size=3)
    ),
    max_leaves=10,
)


def _shown(value: Any) -> str:
    return repr(value).encode("utf-8", "replace").decode()


_lengths = st.integers(0, 6) | st.sampled_from([2**16, 2**31, 2**32 - 1])
_shapes = st.lists(st.tuples(st.integers(0, 3), _lengths, _lengths), max_size=arrays.MAX_ARRAYS + 1)


@fuzz(1)
@given(_shapes, st.just(b"") | st.binary(max_size=3), st.binary(max_size=200))
def test_any_bytes_give_a_few_arrays_or_a_wire_error(
    shapes: list[tuple[int, int, int]], rest: bytes, raw: bytes
) -> None:
    """The short form of a question: no more numbers than there are bytes, whatever the shapes say."""
    body = b"".join(arrays._SHAPE.pack(*shape) for shape in shapes) + rest
    try:
        found = arrays.unpack(body, raw)
    except wire.WireError:
        return
    assert len(found) == len(shapes) <= arrays.MAX_ARRAYS
    assert sum(array.nbytes for array in found) <= len(raw)
    assert all(array.dtype == np.float64 and array.flags.writeable for array in found)


@fuzz(1)
@given(
    st.lists(st.tuples(st.integers(0, 3), _shapes), max_size=5),
    st.just(b"") | st.binary(max_size=40),
    st.binary(max_size=200),
)
def test_any_bytes_tell_of_a_few_calls_or_give_a_wire_error(
    calls: list[tuple[int, list[tuple[int, int, int]]]], rest: bytes, raw: bytes
) -> None:
    body = rest
    for which, shapes in calls:
        shapes_told = b"".join(arrays._SHAPE.pack(*shape) for shape in shapes)
        body = arrays._TOLD.pack(which, len(shapes)) + shapes_told + body
    try:
        found = list(arrays.told(body, raw))
    except wire.WireError:
        return
    assert len(calls) <= len(found) <= arrays.MAX_TOLD
    assert sum(array.nbytes for _, args in found for array in args) <= len(raw)
    assert all(len(args) <= arrays.MAX_ARRAYS for _, args in found)


@fuzz(1)
@given(_plain_values)
def test_what_is_packed_comes_back_as_it_was(value: Any) -> None:
    assert _shown(wire.unpack(*wire.pack(value))) == _shown(value)


@fuzz(1)
@given(
    st.lists(
        st.binary(max_size=40)
        | st.builds(
            lambda n_body, n_raw, number, which, kind, rest: (
                wire.HEADER.pack(n_body, n_raw, number, which, kind) + rest
            ),
            st.integers(0, 20) | st.integers(0, 2**32 - 1),
            st.integers(0, 20) | st.integers(0, 2**32 - 1),
            st.integers(0, 3),
            st.integers(0, 3),
            st.integers(0, 30),
            st.binary(max_size=30),
        ),
        max_size=3,
    )
)
def test_any_stream_gives_a_frame_or_a_fault_of_the_channel(pieces: list[bytes]) -> None:
    for form in forms(b"".join(pieces)):
        _hears(form)


def _hears(stream: bytes) -> None:
    ours, theirs = socket.socketpair()
    channel = Channel(ours)
    with theirs:
        theirs.sendall(stream)
    try:
        with contextlib.suppress(Gone, Broken, Late):
            frame = channel.receive(1, Deadline(math.inf, time.monotonic() + 5))
            assert len(frame.body) <= wire.MAX_BODY and len(frame.raw) <= wire.MAX_RAW
    finally:
        channel.close()


@pytest.mark.parametrize(
    "body",
    [
        b"\xdd\x00\x01\x86\xa0" * 2000,  # lists of 100,000 in lists of 100,000
        b"\xdc\xff\xff" * 2000,
        b"\xdd\x7f\xff\xff\xff",
        b"\xdf\x7f\xff\xff\xff",
        b"\xc6\x7f\xff\xff\xff",
        b"\xdb\x7f\xff\xff\xff",
        b"\xc9\x7f\xff\xff\xff\x01",
        b"\x91" * 500_000,
        b"\x92\x00" * 400_000,
        msgpack.packb([wire._ARRAY, "<f8", [2**26, 2**26, 2**26], True]),
        msgpack.packb([wire._ARRAY, "<f8", [0, 2**26, 2**26, 2**26], True]),
        msgpack.packb([wire._ARRAY, "<i4", [0, 66, 68, 4663, 229138, 229138], True]),  # fits as i4, not as f8
        msgpack.packb([wire._LIST, *[[wire._ARRAY, "<f8", [2**26], True]] * 1000]),
        msgpack.packb([wire._BIG, "9" * 100_000]),
    ],
    ids=lambda body: body[:12].hex(),
)
def test_a_frame_that_announces_much_takes_little_memory(body: bytes) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(wire.WireError):
            wire.unpack(body, b"")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert peak < 128 * 2**20


# What a student may hand in.

_names = st.sampled_from(
    "cells worksheets cell_type source input outputs metadata nbgrader grade_id id points grade solution locked "
    "code markdown raw text data stream name moving_average moving_average-checks wider_window how_many_windows "
    "why_smooth text-1 averages nbformat attachments".split()
)
_texts = (
    st.text(max_size=20)
    | _names
    | st.sampled_from(["answer = 8", "answer = [", "answer = (((", "8", "\ud800"])
)
_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | _texts,
    lambda part: st.lists(part, max_size=4) | st.dictionaries(_names | st.text(max_size=3), part, max_size=5),
    max_leaves=15,
)
_cells = st.fixed_dictionaries(
    {},
    optional={
        "cell_type": st.sampled_from(["code", "markdown", "raw"]) | _json,
        "source": _texts | st.lists(_texts, max_size=3) | _json,
        "metadata": st.fixed_dictionaries({"nbgrader": st.fixed_dictionaries({"grade_id": _texts})}) | _json,
        "outputs": _json,
        "id": _texts,
    },
)
_notebooks = st.fixed_dictionaries({"cells": st.lists(_cells | _json, max_size=5) | _json}) | _json


def _text(notebook: Any) -> bytes:
    return json.dumps(notebook).encode()


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("inbox")
    (folder / "ann").mkdir()
    yield folder


def _holds(course: Course, inbox: Path, data: bytes, name: str) -> None:
    """Reading *data* as a hand-in gives a submission within its bounds, whose report can be kept and read again."""
    path = inbox / "ann" / name
    path.write_bytes(data)
    try:
        (submission,) = find_in_inbox(course, inbox)
    finally:
        path.unlink()
    assert len(submission.cells) <= MAX_CELLS
    assert all(len(cell.source) <= MAX_SOURCE for cell in submission.cells)
    report = report_of(course, submission, (), ())
    assert from_json(to_json(report)) == report
    assert not submission.cells or not submission.unreadable
    assert sum(item.points for item in report.items if item.kind == "code") == 0


@fuzz(1)
@given(data=st.binary(max_size=300) | _notebooks.map(lambda n: _text(n)[:-3]))
def test_any_file_gives_a_submission(tiny: Course, inbox: Path, data: bytes) -> None:
    for number, form in enumerate(forms(data)):
        _holds(tiny, inbox, form, ("a.ipynb", "a.py")[number % 2])


@fuzz(1)
@given(notebook=_notebooks)
def test_any_json_gives_a_submission(tiny: Course, inbox: Path, notebook: Any) -> None:
    for form in forms(_text(notebook)):
        _holds(tiny, inbox, form, "a.ipynb")
    if isinstance(notebook, dict) and isinstance(
        notebook.get("cells"), list
    ):  # nbgrader refuses others itself
        read_notebook(tiny, "ann", "averages", notebook)


@fuzz(1)
@given(text=st.text(max_size=40) | st.from_regex(r"\A[0-9-]{8,10} [0-9:.]{5,15} ?[A-Za-z+/:0-9-]{0,12}\Z"))
def test_any_timestamp_is_a_time_with_a_zone_or_no_time(text: str) -> None:
    try:
        when = parse_timestamp(text)
    except ValueError:
        return
    assert when.tzinfo is not None
