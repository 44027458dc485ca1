"""The lessons: their numbers and claims come from code, and each has all that a lesson needs."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from autograder import markdown
from tests import lessons
from tests.lessons import PICTURE, Text

every_lesson = pytest.mark.parametrize("number", lessons.draw.NUMBERS)

# numbers that look as if somebody had measured or computed them: with a decimal point, or of several digits
MEASURED = re.compile(r"(?<![\w.,^{_])\d+(?:[.,]\d+)+|(?<![\w.,^{_])\d{2,}(?![\w}])")
YEAR = re.compile(r"(?:18|19|20)\d\d")


@every_lesson
def test_what_code_computes_stands_in_the_text(number: str) -> None:
    """The numbers in these sentences are put in by code that trains, walks and counts; a claim is checked as well."""
    text = lessons.text(number)

    assert [said for said in lessons.statements(number) if said not in text.source] == []


@every_lesson
def test_no_number_stands_in_the_text_that_nobody_checks(number: str) -> None:
    """Each is either part of a computed statement, or listed as chosen by the author (`GIVEN`)."""
    text = lessons.text(number)
    sources = [*lessons.statements(number), *_said_of_experiments(number), *text.module.GIVEN]

    assert list(unchecked(text, sources)) == []


@every_lesson
def test_what_is_listed_as_given_stands_in_the_text(number: str) -> None:
    """Otherwise the list would grow old, and hide a number one day."""
    text = lessons.text(number)

    assert [given for given in text.module.GIVEN if given not in text.source] == []


@every_lesson
def test_a_lesson_is_neither_thin_nor_padded(number: str) -> None:
    """800 to 1,500 words, without code, alternative texts and references."""
    assert 800 <= len(lessons.text(number).body.split()) <= 1500


@every_lesson
def test_a_lesson_has_all_its_parts_in_order(number: str) -> None:
    """Objectives, a hand calculation, an experiment, a summary, where it leads, references."""
    source = lessons.text(number).source
    marks = [
        "# ",
        "**After this lesson you can**",
        "**Predict",
        "```python run",
        "**Explain.**",
        "## Summary",
    ]
    places = [source.find(mark) for mark in [*marks, "**Next:**", "## References"]]

    assert -1 not in places
    assert places == sorted(places)
    assert len(re.findall(r"^- ", source[places[1] : source.index("\n## ")], re.MULTILINE)) >= 3


@every_lesson
def test_each_experiment_is_predicted_run_and_explained(number: str) -> None:
    """A student who reads the explanation first learns less."""
    source = lessons.text(number).source
    kinds = re.findall(r"\*\*(Predict|Explain)|^```python (run)$", source, re.MULTILINE)
    order = ["".join(kind) for kind in kinds]

    assert order == ["Predict", "run", "Explain"] * (len(order) // 3)


@every_lesson
def test_each_figure_is_drawn_by_code_and_described_in_words(number: str) -> None:
    """At least two; nothing lies in the folder that is not shown, nothing is shown that no script draws."""
    text = lessons.text(number)
    pictures = PICTURE.findall(text.source)

    shown = [name for _, name in pictures]
    assert len(shown) >= 2
    assert sorted(shown) == sorted(text.module.FIGURES)
    assert sorted(shown) == sorted(path.name for path in text.folder.iterdir() if path.suffix != ".md")
    assert [alt for alt, _ in pictures if len(alt.split()) < 12] == []


@every_lesson
def test_there_is_no_empty_part_no_link_and_no_remark_of_an_author(number: str) -> None:
    """What students get is finished. Papers are named by title and identifier, which do not rot."""
    source = lessons.text(number).source
    parts = markdown.sections(source)

    assert [heading for heading, body in parts if heading and not body.strip()] == []
    assert re.findall(r"(?<!!)\[[^\]]*\]\([^)]*\)|https?://|<!--", source) == []
    assert re.findall(r"\b(?:TODO|FIXME|XXX|TBD|lorem)\b", source, re.IGNORECASE) == []


@every_lesson
def test_each_name_and_year_in_the_text_is_among_the_references(number: str) -> None:
    """(Bengio 2012) needs a line that begins with an author of that name, and holds the year."""
    text = lessons.text(number)
    references = text.source.split("## References")[1].splitlines()
    cited = re.findall(
        r"([A-Z][a-z]+)(?: (?:and others|and [A-Z][a-z]+|et al\.))? \(?((?:19|20)\d\d)\)?", text.body
    )

    assert [
        (name, year)
        for name, year in cited
        if not any(name in line and f"({year})" in line for line in references)
    ] == []


def _said_of_experiments(number: str) -> list[str]:
    """The sentences about the notebook's output; whether they are true is tested where notebooks run."""
    source = lessons.text(number).source
    return re.findall(r"^\*\*Explain\.\*\*.*$", source, re.MULTILINE)


def unchecked(text: Text, sources: list[str]) -> Iterator[str]:
    """Where a number stands that is in none of *sources*."""
    covered = set()
    for said in sources:
        for found in re.finditer(re.escape(said), text.source):
            covered.update(range(*found.span()))
    for found in MEASURED.finditer(text.body):
        if found.start() not in covered and not YEAR.fullmatch(found.group()):
            yield text.body[max(0, found.start() - 40) : found.end() + 20].replace("\n", " ")
