"""Rubrics for the tests: those of this repository's course, and a small one about something else."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from autograder import freetext, suggesting, textbench
from autograder.course_parse import parse_course
from autograder.freetext import Concept, Conditional, Example, Matcher, Misconception, Rubric, TextDefaults

ROOT = Path(__file__).resolve().parents[1]
EXERCISES = ("why_learning_rate", "why_adam", "read_loss_curve", "change_optimizer")


@cache
def matchers() -> dict[str, Matcher]:
    """A matcher for each free-text exercise of the course; the files of other exercises may be missing."""
    content = parse_course(ROOT).content
    assert content is not None
    exercises = [one for lesson in content.lessons for one in lesson.exercises if one.type == "text"]
    return {one.id: freetext.compile(suggesting.rubric_of(one, content.text)) for one in exercises}


@cache
def labelled() -> tuple[textbench.Labelled, ...]:
    """The course's own labelled answers."""
    files = sorted((ROOT / textbench.FOLDER).glob("*.json"))
    return tuple(answer for path in files for answer in textbench.read_labelled(path))


SYNONYMS = {"much": "much|large|more|high|higher|hot", "little": "little|small|less|low|lower|cold"}


def bread(**changes: object) -> Rubric:
    """Why does dough rise? Yeast makes gas; too warm kills it, too cold is slow."""
    values: dict[str, object] = {
        "question": "Why does dough rise in the oven?",
        "points": 3.0,
        "concepts": (
            Concept(
                id="gas",
                points=1,
                label="yeast makes gas",
                any=("yeast gas|bubbles|carbon_dioxide", "fermentation|ferment*"),
            ),
            Concept(
                id="hot",
                points=1,
                label="too hot kills the yeast",
                any=(
                    Conditional(
                        then="kill|die|dies|not:survive", when="{much}", unless="{little}", aside="loaf|price"
                    ),
                ),
            ),
            Concept(
                id="cold",
                points=1,
                label="too cold is slow",
                any=(
                    Conditional(
                        then="slow|slowly|wait", when="{little}", unless="{much}", aside="loaf|price"
                    ),
                ),
                weak=("patience",),
            ),
        ),
        "misconceptions": (
            Misconception(
                id="air", label="it is not air that was stirred in", any=("stir|beat air", "no yeast")
            ),
        ),
        "examples": (Example(answer="Yeast makes gas.", items=("gas",)),),
        "defaults": TextDefaults(),
        "synonyms": SYNONYMS,
    }
    return Rubric(**(values | changes))  # type: ignore[arg-type]


def statuses(matcher: Matcher, answer: str) -> dict[str, str]:
    """The status of each concept."""
    return {one.id: one.status for one in matcher.suggest(answer).items}


def flags(matcher: Matcher, answer: str) -> set[str]:
    """The names of the flags."""
    return {one.name for one in matcher.suggest(answer).flags}
