"""What confirmed answers teach: the nearest one as a second opinion, the same score for the same words, and agreement.

Similarity is the cosine of TF-IDF weights on stems, in plain Python. Where confirmed answers are kept is for others.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from autograder.freetext import routes
from autograder.freetext.matcher import normal_form
from autograder.freetext.reading import read
from autograder.freetext.routes import Flag
from autograder.freetext.suggestion import Suggestion

AT_LEAST = 3
"""With fewer confirmed answers there is no second opinion."""

FOR_AGREEMENT = 30
"""With fewer confirmed answers nothing is said about how often suggestions are kept."""

SIMILAR = 0.35
APART = 1.0


@dataclass(frozen=True)
class Confirmed:
    """An answer with the points that a person gave it, and those that had been suggested."""

    answer: str
    points: float
    suggested: float | None = None


@dataclass(frozen=True)
class Neighbour:
    """The confirmed answer that is most like another answer."""

    similarity: float
    confirmed: Confirmed


class Neighbours:
    """The confirmed answers to one question."""

    def __init__(self, confirmed: Sequence[Confirmed]) -> None:
        self.confirmed = tuple(confirmed)
        stems: list[Counter[str]] = [
            Counter(routes.content_stems(read(one.answer))) for one in self.confirmed
        ]
        self._known = Counter(word for one in stems for word in one)
        self._vectors = [self._vector(one) for one in stems]
        self._same: dict[str, set[float]] = {}
        for one in self.confirmed:
            self._same.setdefault(normal_form(one.answer), set()).add(one.points)

    def nearest(self, answer: str) -> Neighbour | None:
        """The confirmed answer most like *answer*; the first of equally similar ones."""
        if len(self.confirmed) < AT_LEAST:
            return None
        vector = self._vector(Counter(routes.content_stems(read(answer))))
        similarities = [_cosine(vector, other) for other in self._vectors]
        best = max(range(len(similarities)), key=lambda number: (similarities[number], -number))
        return Neighbour(similarities[best], self.confirmed[best])

    def same(self, answer: str) -> float | None:
        """The points that people gave to the same words, if they agree."""
        given = self._same.get(normal_form(answer), set())
        return next(iter(given)) if len(given) == 1 else None

    def second_opinion(self, suggestion: Suggestion) -> Suggestion:
        """*suggestion*, with the score of the same answer if there is one, and a flag if a similar one got another."""
        same = self.same(suggestion.text)
        if same is not None and normal_form(suggestion.text):
            known = Flag(
                "same_as_confirmed", f"the same answer got {same:g} points from a person", review=False
            )
            return replace(suggestion, points=same, flags=(*suggestion.flags, known), route="ready")
        near = self.nearest(suggestion.text)
        if (
            near is None
            or near.similarity < SIMILAR
            or abs(near.confirmed.points - suggestion.points) <= APART
        ):
            return suggestion
        message = f"a similar answer got {near.confirmed.points:g} points from a person"
        return replace(
            suggestion, flags=(*suggestion.flags, Flag("neighbour_disagrees", message)), route="review"
        )

    def _vector(self, stems: Counter[str]) -> dict[str, float]:
        count = len(self.confirmed) + 1
        weights = {
            word: (1 + math.log(number)) * math.log((1 + count) / (1 + self._known[word]))
            for word, number in sorted(stems.items())
        }
        length = math.sqrt(math.fsum(weight * weight for weight in weights.values()))
        return {word: weight / length for word, weight in weights.items()} if length else {}


def groups(answers: Iterable[tuple[str, str]]) -> tuple[tuple[str, ...], ...]:
    """The names of those who gave the same answer, from pairs of name and answer; larger groups first."""
    found: dict[str, list[str]] = {}
    for name, answer in answers:
        found.setdefault(normal_form(answer), []).append(name)
    return tuple(sorted((tuple(sorted(names)) for names in found.values()), key=lambda one: (-len(one), one)))


def agreement(confirmed: Sequence[Confirmed]) -> str:
    """How often people kept what was suggested, once there are enough confirmed answers to say so; else nothing."""
    compared = [one for one in confirmed if one.suggested is not None]
    if len(compared) < FOR_AGREEMENT:
        return ""
    kept = sum(one.points == one.suggested for one in compared)
    return f"{kept} of {len(compared)} people's scores are what the rubric suggests"


def _cosine(one: dict[str, float], other: dict[str, float]) -> float:
    # fsum gives the same sum in every order, so that similarities are the same on every machine
    return math.fsum(weight * other[word] for word, weight in one.items() if word in other)
