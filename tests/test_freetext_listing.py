"""Bare lists of terms, which earn nothing, and telegrams and notes, which do."""

from __future__ import annotations

import pytest

from autograder.freetext.listing import is_bare, listed_words
from autograder.freetext.reading import read


@pytest.mark.parametrize(
    "answer",
    [
        "Baking science of the yeast gas bubbles too hot too cold slow dead dough warm with the rising of the loaf.",
        "yeast sugar gas bubbles dough too hot too cold die slow oven warm bread crust flour",
        "The oven and the yeast gas heat dough bubbles too hot too cold slow dead loaf.",
    ],
)
def test_terms_that_are_heaped_up_without_a_verb_are_a_list(answer):
    assert listed_words(read(answer)) == frozenset(range(len(read(answer).words)))


@pytest.mark.parametrize(
    "answer",
    [
        "too hot yeast dead too cold slow bread",
        "Living yeast in the warm dough and gas from the sugar of the flour with time in the oven",
        "The oven makes yeast gas heat dough bubbles too hot too cold slow dead loaf.",
        "yeast sugar gas bubbles dough -> too hot too cold die slow oven warm bread",
        "hot yeast dies, cold yeast waits, sugar helps, gas lifts dough",
    ],
)
def test_telegrams_phrases_and_notes_are_none(answer):
    assert listed_words(read(answer)) == frozenset()


def test_three_words_with_a_verb_say_something():
    assert is_bare(["yeast", "gas", "heat"])
    assert not is_bare(["yeast", "uses", "sugar"])


def test_terms_with_commas_between_semicolons_are_a_list():
    row = "yeast, sugar, gas; bubbles, oven; too hot, too cold"
    notes = "yeast makes gas, sugar helps; too hot kills it, too cold waits"

    assert listed_words(read(row)) == frozenset(range(len(read(row).words)))
    assert listed_words(read(f"We baked. {row}")) == frozenset(range(2, 2 + len(read(row).words)))
    assert listed_words(read(notes)) == frozenset()
    assert listed_words(read("yeast waits, sugar helps; heat helps, cold waits; flour helps")) == frozenset()
