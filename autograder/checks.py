"""What a hidden check says about itself: the `@check` decorator, and the list of all checks of an exercise.

`read_checks` never imports a check: it looks at the syntax tree, so that the command process knows every check, its
points and its order without running anything. Running the checks is for `checking`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from autograder.checksource import EACH, CriterionLike, Found, filled_title, misnamed, read_functions
from autograder.errors import Place, Problem, did_you_mean
from autograder.pythonsource import read_python

__all__ = ["ATTRIBUTE", "EACH", "PATTERN", "PROBE", "Check", "CriterionLike", "check", "read_checks"]

ATTRIBUTE = "autograde_check"
PATTERN = "check_*.py"
PROBE = "probe.py"
"""The file beside the checks that says how code behaves, for a diagnosis."""

_Function = TypeVar("_Function", bound=Callable[..., Any])


def check(
    *, points: int | None = None, hint: str = "", needs: Sequence[str] = (), each: str | None = None
) -> Callable[[_Function], _Function]:
    """Marks a test function as a hidden check.

    *points* is what it is worth; *hint* is shown when it does not pass; *needs* names checks of the same exercise that
    must pass first; *each* = "convergence" makes one check of every criterion in course.yaml, which brings its points.
    The docstring is the title that students read.
    """

    def mark(function: _Function) -> _Function:
        setattr(function, ATTRIBUTE, {"points": points, "hint": hint, "needs": tuple(needs), "each": each})
        return function

    return mark


@dataclass(frozen=True)
class Check:
    """One check that a student's code goes through; `needs` are ids, `criterion` counts from 0."""

    id: str
    title: str
    points: int
    hint: str
    needs: tuple[str, ...]
    function: str
    file: str
    criterion: int | None = None


def with_needed(checks: Sequence[Check], asked: Sequence[str]) -> tuple[Check, ...]:
    """Those of *checks* that are *asked* for by their ids, with those that they need; all of them if none is asked for."""
    wanted = {*asked} or {check.id for check in checks}
    for check in reversed(checks):  # what is needed comes first
        if check.id in wanted:
            wanted |= {*check.needs}
    return tuple(check for check in checks if check.id in wanted)


def read_checks(
    folder: Path, criteria: Sequence[CriterionLike] = (), file: str = ""
) -> tuple[tuple[Check, ...], tuple[Problem, ...]]:
    """The checks in *folder*, in the order of files and lines, and what is wrong with them.

    *file* is what messages call the folder.
    """
    name = file or folder.name
    found: list[Found] = []
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.py")):
        tree, unreadable = read_python(path, f"{name}/{path.name}")
        problems += unreadable
        if tree is None:
            continue
        if path.match(PATTERN):
            functions, wrong = read_functions(tree, f"{name}/{path.name}", criteria)
            found += functions
            problems += wrong
        else:
            problems += misnamed(tree, f"{name}/{path.name}")
    problems += _repeated(found)
    checks = _expand(found, criteria, problems)
    problems += _cycles(checks, found)
    return checks, tuple(sorted(problems))


def _repeated(found: Sequence[Found]) -> Iterator[Problem]:
    first: dict[str, Place] = {}
    for one in found:
        if one.name in first:
            message = f"there is a second `{one.name}`; the first is at {first[one.name]}"
            yield Problem(one.place, message, "check-repeated", "give each check of an exercise its own name")
        first.setdefault(one.name, one.place)


def _expand(
    found: Sequence[Found], criteria: Sequence[CriterionLike], problems: list[Problem]
) -> tuple[Check, ...]:
    """One Check for each function, or for each criterion of a function with `each`."""
    suffixes = _suffixes(criteria)
    each = {one.name: one.each for one in found}
    ids = {one.name: [one.name + suffix for suffix in suffixes] if one.each else [one.name] for one in found}
    known = {identity for names in ids.values() for identity in names}
    checks = []
    for one in found:
        needs: list[tuple[str, ...] | None] = []
        for name in one.needs:
            if name in each:
                needs.append(None if one.each and each[name] else tuple(ids[name]))
            elif name in known:
                needs.append((name,))
            else:
                hint = did_you_mean(name, sorted(known | set(ids)))
                place = one.places.get("needs", one.place)
                problems.append(
                    Problem(
                        place, f"`{one.name}` needs `{name}`, which is no check here", "check-needs", hint
                    )
                )
                needs.append(())
        for number, identity in enumerate(ids[one.name]):
            expanded = [
                (f"{name}{suffixes[number]}",) if names is None else names
                for name, names in zip(one.needs, needs, strict=True)
            ]
            criterion = criteria[number] if one.each else None
            checks.append(
                Check(
                    identity,
                    filled_title(one.title, criterion) if criterion else one.title,
                    criterion.points if criterion else one.points,
                    one.hint,
                    tuple(dict.fromkeys(need for names in expanded for need in names)),
                    one.name,
                    one.file,
                    number if one.each else None,
                )
            )
    return tuple(checks)


def _suffixes(criteria: Sequence[CriterionLike]) -> list[str]:
    """`[bowl]`, and `[bowl-2]` for the second criterion with that problem."""
    seen: Counter[str] = Counter()
    suffixes = []
    for criterion in criteria:
        seen[criterion.problem] += 1
        number = seen[criterion.problem]
        suffixes.append(f"[{criterion.problem}]" if number == 1 else f"[{criterion.problem}-{number}]")
    return suffixes


def _cycles(checks: Sequence[Check], found: Sequence[Found]) -> Iterator[Problem]:
    """Checks that wait for each other would all be skipped for ever."""
    needs = {check.function: set[str]() for check in checks}
    function_of = {check.id: check.function for check in checks}
    for one in checks:
        needs[one.function] |= {function_of[need] for need in one.needs if need in function_of}
    reported: set[str] = set()
    for one_found in found:
        circle = _circle(one_found.name, needs)
        if circle and not reported & set(circle):
            reported |= set(circle)
            shown = " -> ".join(f"`{name}`" for name in (*circle, circle[0]))
            place = one_found.places.get("needs", one_found.place)
            yield Problem(
                place, f"checks wait for each other: {shown}", "check-needs", "remove one of the `needs`"
            )


def _circle(start: str, needs: Mapping[str, set[str]]) -> list[str]:
    """A way from *start* back to itself, or nothing."""
    ways = [[start]]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        for following in sorted(needs.get(way[-1], ())):
            if following == start:
                return way
            if following not in seen:
                seen.add(following)
                ways.append([*way, following])
    return []
