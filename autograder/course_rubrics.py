"""The rules of `validate` about the rubrics of free-text exercises: names that exist, points that can be reached.

Whether a rubric finds what its author means is for the test bench of the free-text exercises.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from autograder.course_parse import Draft, Part
from autograder.course_words import shown
from autograder.errors import Place, Problem, did_you_mean
from autograder.patterns import PatternError, names_in, parse_pattern
from autograder.yamlsource import Step


def find_rubric_problems(draft: Draft) -> Iterator[Problem]:
    """What all rules about rubrics say."""
    synonyms = _synonyms(draft)
    for name in synonyms:
        try:
            parse_pattern(f"{{{name}}}", synonyms)
        except PatternError as error:
            yield Problem(draft.source.place("text", "synonyms", name), error.message, "synonyms", error.hint)
    for exercise in draft.exercises:
        if exercise.data.get("type") == "text":
            yield from _unknown_synonyms(exercise, synonyms)
            yield from _repeated_concepts(exercise)
            yield from _unknown_concepts(exercise)
            yield from _unreachable_points(exercise)


def _synonyms(draft: Draft) -> dict[str, str]:
    text = draft.source.data.get("text") if isinstance(draft.source.data, dict) else None
    synonyms = text.get("synonyms") if isinstance(text, dict) else None
    entries = synonyms.items() if isinstance(synonyms, dict) else ()
    return {name: words for name, words in entries if isinstance(words, str)}


def _unknown_synonyms(exercise: Part, synonyms: Mapping[str, str]) -> Iterator[Problem]:
    for path, text in _patterns(exercise):
        for name in names_in(text):
            if name not in synonyms:
                message = f"there is no synonym list `{name}` under `text: synonyms:`"
                yield Problem(
                    exercise.place(*path), message, "unknown-synonyms", did_you_mean(name, synonyms)
                )


def _patterns(exercise: Part) -> Iterator[tuple[tuple[Step, ...], str]]:
    """Every text with words to look for, and the way to it."""
    about = exercise.data.get("about")
    if isinstance(about, dict):
        yield from ((("about", key), text) for key, text in about.items() if isinstance(text, str))
    for key in ("concepts", "misconceptions"):
        for number, entry in _mappings(exercise, key):
            patterns = entry.get("any")
            for place, pattern in enumerate(patterns if isinstance(patterns, tuple) else ()):
                path = (key, number, "any", place)
                if isinstance(pattern, str):
                    yield path, pattern
                elif isinstance(pattern, dict):
                    yield from (
                        ((*path, part), text) for part, text in pattern.items() if isinstance(text, str)
                    )


def _mappings(exercise: Part, key: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    return ((number, entry) for number, entry in enumerate(exercise.entries(key)) if isinstance(entry, dict))


def _repeated_concepts(exercise: Part) -> Iterator[Problem]:
    first: dict[str, Place] = {}
    for key in ("concepts", "misconceptions"):
        for number, entry in _mappings(exercise, key):
            identity, place = entry.get("id"), exercise.place(key, number, "id")
            if isinstance(identity, str) and identity in first:
                message = f"another concept or misconception has the id {shown(identity)}: {first[identity]}"
                yield Problem(place, message, "repeated-id", "each needs an id of its own in the exercise")
            elif isinstance(identity, str):
                first[identity] = place


def _unknown_concepts(exercise: Part) -> Iterator[Problem]:
    """Examples that name what the rubric does not have."""
    for key, listed in (("items", "concepts"), ("misconceptions", "misconceptions")):
        known = [str(entry.get("id")) for _, entry in _mappings(exercise, listed)]
        for number, example in _mappings(exercise, "examples"):
            names = example.get(key)
            for place, name in enumerate(names if isinstance(names, tuple) else ()):
                if isinstance(name, str) and name not in known:
                    message = f"there is no {listed[:-1]} {shown(name)} in this exercise"
                    hint = did_you_mean(name, known)
                    yield Problem(
                        exercise.place("examples", number, key, place), message, "unknown-concept", hint
                    )


def _unreachable_points(exercise: Part) -> Iterator[Problem]:
    points = exercise.data.get("points")
    concepts = [entry.get("points") for _, entry in _mappings(exercise, "concepts")]
    numbers = [
        number for number in concepts if isinstance(number, int | float) and not isinstance(number, bool)
    ]
    if type(points) is int and concepts and len(numbers) == len(exercise.entries("concepts")):
        if sum(numbers) < points:
            message = f"the concepts add up to {sum(numbers):g}; nobody could earn {points} points"
            yield Problem(
                exercise.place("points"), message, "concept-points", "add a concept, or lower `points`"
            )
