"""The table of what scikit-learn makes of a few customers: the labels are the same with it and without it."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import numpy as np
import pytest

SEEDS = (12, 13)


@pytest.fixture
def table(hidden, monkeypatch, tmp_path):
    """The module with an empty memory, whose table is a copy."""
    module = hidden("trainings")
    for kept in (module.right_labels, module.wrong_labels):
        kept.cache_clear()
    monkeypatch.setattr(module, "TABLE", Path(shutil.copy(module.TABLE, tmp_path)))
    yield module
    for kept in (module.right_labels, module.wrong_labels):
        kept.cache_clear()


def _same_labels(table, asked) -> bool:
    """Whether what the checks are given is, to the last label, what scikit-learn says."""
    right, wrong = table.find_right(*asked), table.find_wrong(*asked)
    given = table.wrong_labels(*asked)
    words = [word for word, _ in given] == [word for word, _ in wrong]
    parts = [
        *zip(table.right_labels(*asked), right, strict=True),
        *((one, other) for (_, one), (_, other) in zip(given, wrong, strict=True)),
    ]
    return words and all(one.dtype == other.dtype and np.array_equal(one, other) for one, other in parts)


def test_the_table_of_trainings_says_what_scikit_learn_says(table, problems):
    """Whether it is used or not; on other versions it is not, and `python -m tests.trainings` writes a new one."""
    assert _same_labels(table, (problems["housing"], SEEDS))


def test_the_table_of_trainings_is_of_these_files(table, problems):
    with np.load(table.TABLE) as kept:
        made_with, made_of = kept["made_with"].tolist(), str(kept["made_of"])
    if made_with != table.made_with():
        pytest.skip(f"the table was made with {made_with}, here are {table.made_with()}: it is not used")
    told = "`python -m tests.trainings` writes it anew"
    assert made_of == table.made_of(problems["housing"], SEEDS), told


def test_the_table_of_trainings_is_used_with_the_versions_it_was_made_with_and_no_others(
    table, problems, monkeypatch
):
    asked = problems["housing"], SEEDS
    table.write(*asked, table.TABLE)
    monkeypatch.setattr(table, "find_right", lambda *_: "found out anew")
    assert table.right_labels(*asked) != "found out anew"
    table.right_labels.cache_clear()
    monkeypatch.setattr(table.importlib.metadata, "version", lambda name: f"another {name}")
    assert table.right_labels(*asked) == "found out anew"
    table.right_labels.cache_clear()
    monkeypatch.undo()


def test_without_the_table_of_trainings_the_labels_are_the_same(table, problems):
    table.TABLE.unlink()
    assert _same_labels(table, (problems["housing"], SEEDS))


@pytest.mark.parametrize(
    "damaged",
    [
        lambda data: data[:-50],
        lambda data: data[: len(data) // 2] + b"?" + data[len(data) // 2 + 1 :],
        lambda data: b"{}",
        lambda data: b"",
        lambda data: _array(),
    ],
    ids=["cut", "one byte", "text", "empty", "an array"],
)
def test_a_damaged_table_of_trainings_is_not_used(table, problems, damaged):
    table.TABLE.write_bytes(damaged(table.TABLE.read_bytes()))
    assert table._kept(problems["housing"], SEEDS) is None


def _array() -> bytes:
    file = io.BytesIO()
    np.save(file, np.zeros(3))
    return file.getvalue()
