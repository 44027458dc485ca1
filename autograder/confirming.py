"""Suggested scores that wait to be confirmed: what speaks for each, which may be accepted without being read, and the log.

What is decided is decided on the answer and the rubric as they are now, not on what was stored when they were graded.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from autograder import gradebook, suggesting
from autograder.course import Course
from autograder.errors import AutogradeError
from autograder.freetext import Suggestion
from autograder.freetext.neighbours import Confirmed, Neighbour, Neighbours, agreement, groups
from autograder.gradebook_rows import Suggestion as Stored
from autograder.submissions import find_in_classroom

LOG = "accepted.log"
"""Beside the gradebook: one line for each score that was accepted in bulk."""


@dataclass(frozen=True)
class Waiting:
    """A stored suggestion beside what is suggested `now`, and the confirmed answer that is most like it."""

    stored: Stored
    answer: str
    now: Suggestion
    near: Neighbour | None = None


@dataclass(frozen=True)
class Decision:
    """Whether a stored suggestion may be accepted without being read, and why not."""

    stored: Stored
    reason: str
    accept: bool = False


@dataclass(frozen=True)
class Question:
    """All that waits for one exercise: the same words together, and how well people and rubric agreed so far."""

    exercise: str
    groups: tuple[tuple[Waiting, ...], ...]
    agreement: str


def find_waiting(course: Course, classroom: Path, exercises: Iterable[str] = ()) -> list[Waiting]:
    """The suggestions for *exercises* (all, if none is named) that nobody has confirmed, by student and exercise."""
    wanted = set(exercises)
    stored = [one for one in gradebook.suggestions(course, classroom) if not wanted or one.item in wanted]
    if not stored:
        return []
    answers = {
        (submission.student, item): answer
        for submission in find_in_classroom(
            course,
            classroom,
            lessons={one.lesson for one in stored},
            students={one.student for one in stored},
        )
        for item, answer in submission.answers.items()
    }
    known = _taught_by(gradebook.confirmed(course, classroom), {one.student for one in stored})
    return [
        _waiting(course, one, answers.get((one.student, one.item), ""), known[one.student].get(one.item))
        for one in stored
    ]


def questions(course: Course, classroom: Path, waiting: Sequence[Waiting]) -> list[Question]:
    """*waiting* by exercise, in the order of the course."""
    known = gradebook.confirmed(course, classroom)
    found = []
    for exercise in course.text_exercises:
        mine = {one.stored.student: one for one in waiting if one.stored.item == exercise.id}
        named = groups((student, one.answer) for student, one in mine.items())
        said = agreement([_compared(course, exercise.id, one) for _, one in known.get(exercise.id, ())])
        if mine or said:
            found.append(
                Question(exercise.id, tuple(tuple(mine[name] for name in names) for names in named), said)
            )
    return found


def decide(waiting: Waiting, *, min_share: float = 1.0) -> Decision:
    """Accepts only what is ready *now*, unchanged since it was suggested, and worth at least *min_share* of the points.

    A zero is accepted only if there is no answer, nothing but the question, or a person gave it to the same words.
    """
    stored, now = waiting.stored, waiting.now
    if stored.key != now.key:
        return Decision(stored, "the answer or the rubric has changed since; run `autograde grade` again")
    if stored.points != now.points:
        return Decision(stored, f"{now.points:g} would be suggested by now; run `autograde grade` again")
    if now.route != "ready":
        return Decision(stored, "; ".join(one.message for one in now.flags if one.review))
    names = {one.name for one in now.flags}
    if "same_as_confirmed" in names:
        return Decision(stored, "a person gave these points to the same answer", accept=True)
    if now.points == 0:
        harmless = not names.isdisjoint(("empty", "copies_question"))
        return Decision(stored, "no answer" if harmless else "a zero needs a person", accept=harmless)
    if now.points < min_share * now.max_points:
        return Decision(stored, f"{now.points:g} of {now.max_points:g} is below the share asked for")
    return Decision(stored, f"{now.points:g} of {now.max_points:g}, ready", accept=True)


def accept(
    course: Course, classroom: Path, decisions: Iterable[Decision], *, who: str, when: datetime
) -> list[Stored]:
    """Confirms what was decided for, and logs it; gives back what was confirmed.

    The log is opened first: nothing is confirmed that could not be written down.
    """
    path = classroom / LOG
    try:
        with path.open("a", encoding="utf-8") as log:
            accepted = gradebook.accept(course, classroom, [one.stored for one in decisions if one.accept])
            log.writelines(f"{line}\n" for line in log_lines(accepted, who, when))
    except OSError as error:
        raise AutogradeError(
            f"{path} cannot be written: {error.strerror}",
            "every bulk acceptance is logged there; is there space, and may you write there?",
        ) from error
    return accepted


def log_lines(accepted: Iterable[Stored], who: str, when: datetime) -> list[str]:
    """Who accepted what and when, one line each."""
    stamp, name = when.isoformat(timespec="seconds"), " ".join(who.split())
    return [
        f"{stamp}\t{name}\t{one.lesson}\t{one.item}\t{one.student}\t{one.points:g}\t{one.key}"
        for one in accepted
    ]


def _taught_by(
    known: Mapping[str, Sequence[tuple[str, Confirmed]]], students: Iterable[str]
) -> dict[str, dict[str, Neighbours]]:
    """By student and exercise: what others wrote and people confirmed."""
    whole = {item: Neighbours([one for _, one in found]) for item, found in known.items()}
    return {
        student: {
            item: Neighbours([one for name, one in found if name != student])
            if any(name == student for name, _ in found)
            else whole[item]
            for item, found in known.items()
        }
        for student in students
    }


def _waiting(course: Course, stored: Stored, answer: str, known: Neighbours | None) -> Waiting:
    now = suggesting.suggest(course, stored.item, answer, known)
    return Waiting(stored, answer, now, known.nearest(now.text) if known else None)


def _compared(course: Course, exercise: str, one: Confirmed) -> Confirmed:
    """A confirmed answer beside what its rubric alone says now."""
    return Confirmed(one.answer, one.points, suggesting.suggest(course, exercise, one.answer).points)
