"""Turns a rubric into a `Matcher`, and an answer into a `Suggestion`: points, statuses, the student's own words, a route.

Deterministic and without side effects: the same rubric and answer give the same suggestion on every machine.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal

from autograder.freetext import listing, negation, routes, subject
from autograder.freetext.compiling import Compiled, compile_rubric
from autograder.freetext.conditional import conditions, find_conditional
from autograder.freetext.lexicon import FUNCTION_WORDS, stem
from autograder.freetext.matching import Condition, Match, Plain, Text, find_plain, spread_out
from autograder.freetext.presuming import find_presumed
from autograder.freetext.reading import Reading, read
from autograder.freetext.routes import Flag
from autograder.freetext.suggestion import Finding, ItemState, ItemStatus, Span, Suggestion, answer_hash
from autograder.rubric import Concept, Rubric


@dataclass(frozen=True)
class _Judged:
    """All matches of one concept or misconception, each with the number of its pattern."""

    claimed: tuple[tuple[int, Match], ...] = ()
    negated: tuple[tuple[int, Match], ...] = ()
    swapped: tuple[tuple[int, Match], ...] = ()
    elsewhere: tuple[tuple[int, Match], ...] = ()

    def words(self) -> frozenset[int]:
        return frozenset(word for _, match in self.claimed for word in match.words)

    def denies(self, negators: Collection[int]) -> bool:
        """Whether something is denied by a word that is not itself evidence: "without tuning" claims, and denies nothing."""
        claiming = self.words().intersection(negators)
        return any(claiming.isdisjoint(_reach(match)) for _, match in self.negated)

    def is_denied(self, evidence: Collection[int]) -> bool:
        """Whether it is denied, in words that are no *evidence* for anything, and nowhere claimed."""
        apart = (not any(word in evidence for word in match.words) for _, match in self.negated)
        return bool(self.negated) and not self.claimed and all(apart)

    def denied(self) -> _Judged:
        """The same with all that was claimed under what was denied."""
        return replace(self, claimed=(), negated=(*self.claimed, *self.negated))

    def read(self) -> frozenset[int]:
        """The words of everything that was found, also of what was denied or turned."""
        found = (*self.claimed, *self.negated, *self.swapped, *self.elsewhere)
        return frozenset(word for _, match in found for word in match.words)


@dataclass
class _Case:
    """What is known about one answer while it is judged."""

    text: Text
    unscored: frozenset[int]
    """The sentences that speak to the grader."""

    listed: frozenset[int]
    """The words that stand in a bare list of terms."""

    others: frozenset[int]
    concepts: dict[str, _Judged] = field(default_factory=dict)
    misconceptions: dict[str, _Judged] = field(default_factory=dict)

    @property
    def reading(self) -> Reading:
        return self.text.reading

    def telling(self, places: Iterable[int]) -> frozenset[int]:
        """Those of *places* whose words say something: of "for each weight" not the "for"."""
        words = self.text.words
        return frozenset(one for one in places if words[one].text not in FUNCTION_WORDS) or frozenset(places)


class Matcher:
    """A rubric, ready to be held against answers."""

    def __init__(self, rubric: Rubric) -> None:
        self.rubric = rubric
        self.rubric_hash = rubric.hash
        self.question_stems = frozenset(routes.content_stems(read(rubric.question)))
        self.compiled = compile_rubric(rubric)

    def suggest(self, answer: str) -> Suggestion:
        """What *answer* seems to be worth, and why."""
        reading = read(answer)
        case = self._judge(reading)
        alone = self._says_nothing(case)
        if alone is not None:
            return self._suggestion(answer, case, [alone])
        return self._suggestion(answer, case, self._flags(case))

    def _says_nothing(self, case: _Case) -> Flag | None:
        """The flag of an answer that is none: there is nothing in it that a person could give points for."""
        if any(one.claimed for one in (*case.concepts.values(), *case.misconceptions.values())):
            return None
        if routes.is_empty(case.reading):
            return routes.flag("empty")
        return routes.flag("copies_question") if routes.copies(case.reading, self.question_stems) else None

    def _judge(self, reading: Reading) -> _Case:
        text = Text(reading, self.compiled.vocabulary)
        others = subject.about_others(text, self.compiled.this, self.compiled.others)
        listed = frozenset() if routes.language_of(reading) else listing.listed_words(reading)
        case = _Case(text, routes.sentences_to_grader(reading), listed, others)
        for one in self.rubric.misconceptions:
            case.misconceptions[one.id] = self._matches(
                self.compiled.misconceptions[one.id], case, frozenset()
            )
        wrong = [frozenset(match.words) for one in case.misconceptions.values() for _, match in one.claimed]
        for concept in self.rubric.concepts:
            case.concepts[concept.id] = self._matches(self.compiled.concepts[concept.id], case, wrong)
        self._deny(case)
        self._presume(case)
        return case

    def _deny(self, case: _Case) -> None:
        """Finds misconceptions in what is denied, and takes back what a misconception contradicts."""
        evidence = frozenset(word for one in case.concepts.values() for word in one.words())
        for wrong in self.rubric.misconceptions:  # all of them, before anything is taken back
            concepts = [case.concepts[name] for name in wrong.when_denied if name in case.concepts]
            if concepts and all(one.is_denied(evidence) for one in concepts):
                found = case.misconceptions[wrong.id]
                denied = tuple((len(wrong.any), match) for one in concepts for _, match in one.negated)
                case.misconceptions[wrong.id] = replace(found, claimed=(*found.claimed, *denied))
        for wrong in self.rubric.misconceptions:
            for name in wrong.denies if case.misconceptions[wrong.id].claimed else ():
                if name in case.concepts:
                    case.concepts[name] = case.concepts[name].denied()

    def _presume(self, case: _Case) -> None:
        """Adds what may be presumed where nothing speaks for or against a concept."""
        wrong = any(one.claimed for one in case.misconceptions.values())
        swapped = any(one.swapped for one in case.concepts.values())
        if wrong or swapped or case.unscored or routes.disputes(case.reading):
            return
        denied = (match for one in case.concepts.values() for _, match in one.negated)
        taken = frozenset(word for match in denied for word in match.words)
        for concept in self.rubric.concepts:
            presumed = self.compiled.presumed.get(concept.id)
            if presumed is None or case.concepts[concept.id].read():
                continue
            found = find_presumed(case.text, presumed, self.question_stems)
            number = len(concept.patterns)
            case.concepts[concept.id] = _Judged(
                tuple((number, match) for match in found if self._counts(case, match, taken))
            )

    @staticmethod
    def _counts(case: _Case, match: Match, taken: frozenset[int]) -> bool:
        """Whether the words of *match* are the answer's own, of this subject, and not *taken* by something denied."""
        return (
            taken.isdisjoint(match.words)
            and case.listed.isdisjoint(match.words)
            and not case.others.issuperset(match.words)
            and case.text.words[match.words[0]].sentence not in case.unscored
        )

    def _matches(
        self, patterns: Sequence[Compiled], case: _Case, wrong: Collection[frozenset[int]]
    ) -> _Judged:
        rows: dict[str, list[tuple[int, Match]]] = {
            "found": [],
            "negated": [],
            "swapped": [],
            "elsewhere": [],
        }
        for number, pattern in enumerate(patterns):
            found = (
                find_conditional(case.text, pattern)
                if isinstance(pattern, Condition)
                else find_plain(case.text, pattern)
            )
            for match in found:
                if case.text.words[match.words[0]].sentence in case.unscored:
                    continue
                if not case.listed.isdisjoint(match.words):
                    continue
                if any(case.telling(match.words) <= words for words in wrong):
                    continue  # the words of a misconception are no evidence for the truth
                kind, judged = self._kind(case, match)
                rows[kind].append((number, judged))
        return _Judged(*(tuple(rows[kind]) for kind in ("found", "negated", "swapped", "elsewhere")))

    def _kind(self, case: _Case, match: Match) -> tuple[str, Match]:
        """What a match speaks for; what is denied of something else and taken up by the subject is claimed, with doubt."""
        first, last = match.words[0], match.words[-1]
        if match.status == "negated" and subject.hands_over(case.text, first, last, self.compiled.this):
            return "found", Match("found", match.words, doubtful=True)
        return ("elsewhere" if case.others.issuperset(match.words) else match.status), match

    def _flags(self, case: _Case) -> list[Flag]:
        reading = case.reading
        concepts = case.concepts.values()
        evidence = frozenset(word for one in concepts for word in one.words())
        rules = {
            "keyword_list": bool(case.listed),
            "addresses_grader": bool(case.unscored),
            "negated": any(one.denies(case.text.negators) for one in concepts),
            "swapped": any(one.swapped for one in concepts),
            "misconception": any(one.claimed for one in case.misconceptions.values()),
            "doubtful": _is_doubtful(concepts) or (bool(evidence) and routes.disputes(reading)),
            "weak": self._rests_on(case, lambda concept: range(len(concept.any), len(concept.patterns))),
            "presumed": self._rests_on(
                case, lambda concept: range(len(concept.patterns), len(concept.patterns) + 1)
            ),
            "figurative": routes.is_figurative(reading) or self._lacks_terms(case),
            "other_subject": not self._all_found(case) and self._names_others(case, evidence),
            "half_said": self._half_said(case),
            "misspelt": not self._all_found(case) and self._has_misspelt(case, evidence),
        }
        return [
            *(routes.flag(name) for name, holds in rules.items() if holds),
            *routes.shape_flags(reading, evidence, self.rubric.defaults.max_words),
            *routes.unread_flags(
                reading,
                evidence,
                frozenset(word for one in (*concepts, *case.misconceptions.values()) for word in one.read()),
                frozenset(place for place, meant in enumerate(case.text.meant) if meant),
                self.question_stems,
                total=self._total(case),
                maximum=self.rubric.points,
            ),
        ]

    def _rests_on(self, case: _Case, numbers: Callable[[Concept], Collection[int]]) -> bool:
        """Whether the surest of what speaks for a concept is one of those patterns."""
        return any(
            judged.claimed and min(number for number, _ in judged.claimed) in numbers(concept)
            for concept in self.rubric.concepts
            for judged in (case.concepts[concept.id],)
        )

    def _lacks_terms(self, case: _Case) -> bool:
        """Whether points were earned with hardly any word of the subject."""
        found = sum(bool(one.claimed) for one in case.concepts.values())
        if self.compiled.terms is None or not found:
            return False
        places = case.text.places(self.compiled.terms)
        terms = {
            tuple(stem(word.text) for word in case.text.words[place.first : place.last + 1])
            for place in places
        }
        own = {term for term in terms if not self.question_stems.issuperset(term)}
        return len(own) < min(2, found)

    def _names_others(self, case: _Case, evidence: Collection[int]) -> bool:
        """Whether another subject is spoken of, apart from names that are evidence themselves."""
        judged = (*case.concepts.values(), *case.misconceptions.values())
        if self.compiled.others is None or any(one.elsewhere for one in judged):
            return any(one.elsewhere for one in judged)
        return any(place.first not in evidence for place in case.text.places(self.compiled.others))

    def _has_misspelt(self, case: _Case, evidence: Collection[int]) -> bool:
        """Whether a word that was not understood may be one of the rubric's, so that a concept may have been missed."""
        return not routes.language_of(case.reading) and any(
            place not in evidence
            and case.text.may_be_misspelt(place)
            and routes.tells(word.text, self.question_stems)
            for place, word in enumerate(case.text.words)
        )

    def _all_found(self, case: _Case) -> bool:
        return all(one.claimed for one in case.concepts.values())

    def _half_said(self, case: _Case) -> bool:
        """Whether a condition is named without its consequence, a consequence without it, or words stand too far apart."""
        for concept in self.rubric.concepts:
            if case.concepts[concept.id].claimed:
                continue
            compiled = self.compiled.concepts[concept.id]
            strong, weak = compiled[: len(concept.any)], compiled[len(concept.any) :]
            conditional = [one for one in compiled if isinstance(one, Condition) and one.when]
            unclaimed = [one for one in weak if isinstance(one, Condition) and not one.when]
            if any(right for one in conditional for _, right in conditions(case.text, one)):
                return True
            if any(find_plain(case.text, one.then) for one in (*conditional, *unclaimed)):
                return True
            plain = (one for one in strong if isinstance(one, Plain) and len(one.slots) > 2)
            if any(spread_out(case.text, one) for one in plain):
                return True
        return False

    def _total(self, case: _Case) -> float:
        earned = sum(
            Decimal(str(one.points)) for one in self.rubric.concepts if case.concepts[one.id].claimed
        )
        wrong = sum(bool(one.claimed) for one in case.misconceptions.values())
        total = Decimal(earned) - wrong * Decimal(str(self.rubric.defaults.deduct))
        total = min(max(total, Decimal(0)), Decimal(str(self.rubric.points)))
        step = Decimal(str(self.rubric.defaults.step))
        return float((total / step).quantize(Decimal(1), ROUND_HALF_UP) * step)

    def _suggestion(self, answer: str, case: _Case, flags: Sequence[Flag]) -> Suggestion:
        review = any(one.review for one in flags)
        return Suggestion(
            points=self._total(case),
            max_points=self.rubric.points,
            items=tuple(_status(case, one.id, one.label, one.points) for one in self.rubric.concepts),
            misconceptions=tuple(
                Finding(one.id, one.label, _spans(case, judged.claimed), _numbers(judged.claimed))
                for one in self.rubric.misconceptions
                if (judged := case.misconceptions[one.id]).claimed
            ),
            flags=tuple(flags),
            route="review" if review else "ready",
            text=case.reading.text,
            rubric_hash=self.rubric_hash,
            answer_hash=answer_hash(answer),
        )


def compile(rubric: Rubric) -> Matcher:
    """A matcher for *rubric*; raises PatternError if a pattern names a synonym list that does not exist."""
    return Matcher(rubric)


def normal_form(answer: str) -> str:
    """What two answers have in common that differ in case, punctuation and blanks only."""
    return " ".join(word.text for word in read(answer).words)


def _reach(match: Match) -> range:
    """The words of a match, those between them, and those that a negation before them can stand in."""
    return range(match.words[0] - 2 * negation.REACH, match.words[-1] + 1)


def _is_doubtful(concepts: Iterable[_Judged]) -> bool:
    return any(all(match.doubtful for _, match in one.claimed) for one in concepts if one.claimed)


def _status(case: _Case, name: str, label: str, points: float) -> ItemStatus:
    judged = case.concepts[name]
    rows: tuple[tuple[ItemState, tuple[tuple[int, Match], ...]], ...] = (
        ("found", judged.claimed),
        ("negated", judged.negated),
        ("swapped", judged.swapped),
    )
    for state, matches in rows:
        if matches:
            return ItemStatus(name, label, points, state, _spans(case, matches), _numbers(matches))
    return ItemStatus(name, label, points, "absent")


def _numbers(matches: Iterable[tuple[int, Match]]) -> tuple[int, ...]:
    return tuple(sorted({number for number, _ in matches}))


def _spans(case: _Case, matches: Iterable[tuple[int, Match]]) -> tuple[Span, ...]:
    """The places of the evidence in the text; words that stand side by side make one span."""
    words = case.text.words
    spans: list[Span] = []
    previous = -2
    for place in sorted({word for _, match in matches for word in match.words}):
        if place == previous + 1 and words[place].sentence == words[previous].sentence:
            spans[-1] = Span(spans[-1].start, words[place].end)
        else:
            spans.append(Span(words[place].start, words[place].end))
        previous = place
    return tuple(spans)
