"""What the rubrics of a course suggest for answers in words, as values of a report.

The rubric alone decides what stands in a kept report, so that the same hand-in always gives the same bytes. What confirmed
answers of the same classroom teach is added on the way into its gradebook (`taught`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from autograder import freetext
from autograder.content import TextExercise, TextSettings
from autograder.course import Course
from autograder.freetext import Matcher, Rubric, Suggestion, evidence
from autograder.freetext.neighbours import Confirmed, Neighbour, Neighbours
from autograder.report import Evidence, ItemReport, Report, Suggested


def rubric_of(exercise: TextExercise, settings: TextSettings) -> Rubric:
    """All that decides suggestions for *exercise*."""
    return Rubric(
        question=exercise.question,
        points=float(exercise.points),
        concepts=exercise.concepts,
        misconceptions=exercise.misconceptions,
        examples=exercise.examples,
        defaults=settings.defaults,
        synonyms=settings.synonyms,
        about=exercise.about,
    )


@lru_cache(maxsize=256)
def matcher_of(course: Course, exercise_id: str) -> Matcher:
    """The rubric of a free-text exercise, ready to be held against answers."""
    exercise = next(one for one in course.text_exercises if one.id == exercise_id)
    return freetext.compile(rubric_of(exercise, course.text))


def suggest(
    course: Course, exercise_id: str, answer: str, neighbours: Neighbours | None = None
) -> Suggestion:
    """What the rubric makes of *answer*, with the second opinion of confirmed answers if there are any."""
    suggestion = matcher_of(course, exercise_id).suggest(answer)
    return neighbours.second_opinion(suggestion) if neighbours else suggestion


def suggested(
    course: Course, exercise_id: str, answer: str, neighbours: Neighbours | None = None
) -> Suggested | None:
    """The same for a report; None if the course says nothing about what an answer should hold."""
    if not matcher_of(course, exercise_id).rubric.concepts:
        return None
    suggestion = suggest(course, exercise_id, answer, neighbours)
    return as_suggested(suggestion, neighbours.nearest(suggestion.text) if neighbours else None)


def as_suggested(suggestion: Suggestion, near: Neighbour | None = None) -> Suggested:
    """*suggestion* as a value of a report, with the confirmed answer that is most like it."""
    return Suggested(
        points=suggestion.points if suggestion.readable else None,
        key=suggestion.key,
        note=evidence.note(suggestion),
        ready=suggestion.route == "ready",
        evidence=tuple(
            Evidence(row.label, row.points, row.status, row.found, row.quotes)
            for row in evidence.rows(suggestion)
        ),
        remarks=evidence.remarks(suggestion, near),
    )


def taught(
    course: Course, report: Report, answers: Mapping[str, str], confirmed: Mapping[str, Sequence[Confirmed]]
) -> Report:
    """*report* with every suggestion made again in the light of the *confirmed* answers to the same exercise."""

    def again(item: ItemReport) -> ItemReport:
        known = confirmed.get(item.id)
        if item.suggested is None or not known:
            return item
        return replace(item, suggested=suggested(course, item.id, answers[item.id], Neighbours(known)))

    return replace(report, items=tuple(again(item) for item in report.items))
