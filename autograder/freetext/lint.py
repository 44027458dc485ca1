"""Finds what an author cannot see in a rubric: examples that are not understood, and misconceptions that misfire."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from autograder.freetext.compiling import texts_of
from autograder.freetext.matcher import Matcher
from autograder.freetext.suggestion import Suggestion
from autograder.patterns import PatternError, parse_pattern
from autograder.rubric import Example, Rubric, Statement

Step = str | int


@dataclass(frozen=True)
class Lint:
    """Something doubtful in a rubric; `path` leads to it from the exercise (or from `text` of the course)."""

    path: tuple[Step, ...]
    message: str
    hint: str = ""


def lint(rubric: Rubric) -> list[Lint]:
    """Everything doubtful in *rubric*, in the order of the file."""
    broken = [*_synonyms(rubric), *_patterns(rubric), *_presumptions(rubric), *_denials(rubric)]
    if broken:
        return broken  # what cannot be read cannot be tried out
    return [*_points(rubric), *_repeated(rubric), *_untried(rubric), *_examples(rubric)]


def _synonyms(rubric: Rubric) -> Iterator[Lint]:
    for name in rubric.synonyms:
        try:
            parse_pattern(f"{{{name}}}", rubric.synonyms)
        except PatternError as error:
            yield Lint(("text", "synonyms", name), error.message, error.hint)


def _patterns(rubric: Rubric) -> Iterator[Lint]:
    for kind, group in _groups(rubric):
        for number, one in enumerate(group):
            for place, pattern in enumerate(one.patterns):
                weak = place - len(one.any)
                path = (kind, number, "any", place) if weak < 0 else (kind, number, "weak", weak)
                for text in texts_of(pattern):
                    try:
                        parse_pattern(text, rubric.synonyms)
                    except PatternError as error:
                        yield Lint(path, error.message, error.hint)


def _presumptions(rubric: Rubric) -> Iterator[Lint]:
    for number, concept in enumerate(rubric.concepts):
        written = concept.presume.model_dump(exclude_none=True) if concept.presume else {}
        for key, text in written.items():
            try:
                parse_pattern(text, rubric.synonyms)
            except PatternError as error:
                yield Lint(("concepts", number, "presume", key), error.message, error.hint)


def _denials(rubric: Rubric) -> Iterator[Lint]:
    known = [one.id for one in rubric.concepts]
    for number, wrong in enumerate(rubric.misconceptions):
        named = [("denies", *one) for one in enumerate(wrong.denies)]
        named += [("when_denied", *one) for one in enumerate(wrong.when_denied)]
        for key, place, name in named:
            if name not in known:
                yield Lint(
                    ("misconceptions", number, key, place),
                    f"`{name}` is no concept of this exercise",
                    f"the concepts are {', '.join(f'`{one}`' for one in known)}",
                )


def _groups(rubric: Rubric) -> tuple[tuple[str, tuple[Statement, ...]], ...]:
    return ("concepts", rubric.concepts), ("misconceptions", rubric.misconceptions)


def _points(rubric: Rubric) -> Iterator[Lint]:
    together = sum(one.points for one in rubric.concepts)
    if together < rubric.points:
        yield Lint(
            ("concepts",),
            f"the concepts are worth {together:g} points together, the exercise {rubric.points:g}",
            "no answer can earn all points; raise the points of a concept, or lower those of the exercise",
        )


def _repeated(rubric: Rubric) -> Iterator[Lint]:
    seen: set[str] = set()
    for kind, group in _groups(rubric):
        for number, one in enumerate(group):
            if one.id in seen:
                yield Lint((kind, number, "id"), f"`{one.id}` is used twice", "each needs an id of its own")
            seen.add(one.id)


def _untried(rubric: Rubric) -> Iterator[Lint]:
    tried = {name for example in rubric.examples for name in (*example.items, *example.misconceptions)}
    for kind, group in _groups(rubric):
        for number, one in enumerate(group):
            if kind == "concepts" and one.id not in tried:
                yield Lint(
                    (kind, number),
                    f"no example says `{one.id}`",
                    f"add an answer to `examples` with `items: [{one.id}]`",
                )


def _examples(rubric: Rubric) -> Iterator[Lint]:
    matcher = Matcher(rubric)
    for number, example in enumerate(rubric.examples):
        yield from _example(rubric, number, example, matcher.suggest(example.answer))


def _example(rubric: Rubric, number: int, example: Example, suggestion: Suggestion) -> Iterator[Lint]:
    path = ("examples", number)
    known = {one.id for one in rubric.concepts}, {one.id for one in rubric.misconceptions}
    found = {one.id for one in suggestion.items if one.status == "found"}
    wrong = {one.id: one for one in suggestion.misconceptions}
    for place, name in enumerate(example.items):
        if name not in known[0]:
            yield Lint((*path, "items", place), f"`{name}` is no concept of this exercise")
        elif name not in found:
            yield Lint(
                (*path, "items", place),
                f"`{name}` is not found in this example",
                "add a pattern that its words match, or take the concept out of `items`",
            )
    for name in sorted(found - set(example.items)):
        yield Lint(
            (*path, "items"),
            f"`{name}` is found in this example, but not in its `items`",
            "add it, or make the pattern that matches narrower",
        )
    for place, name in enumerate(example.misconceptions):
        if name not in known[1]:
            yield Lint((*path, "misconceptions", place), f"`{name}` is no misconception of this exercise")
        elif name not in wrong:
            yield Lint((*path, "misconceptions", place), f"`{name}` is not found in this example")
    for name in sorted(set(wrong) - set(example.misconceptions)):
        fired = ", ".join(str(pattern + 1) for pattern in wrong[name].patterns)
        yield Lint(
            path,
            f"the misconception `{name}` fires on this example (pattern {fired})",
            "make the pattern narrower, or add the misconception to the example",
        )
