"""What a hidden check says about itself: the `@check` decorator, and the reading of its title and points from the source.

`read_checks` never imports a check: it looks at the syntax tree, so that the command process knows every check, its
points and its order without running anything. Running the checks is for `checking`.
"""

from __future__ import annotations

import ast
import string
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, TypeVar

from autograder.errors import Place, Problem, did_you_mean
from autograder.pythonsource import read_python

ATTRIBUTE = "autograde_check"
PATTERN = "check_*.py"
EACH = "convergence"

_KEYWORDS = ("points", "hint", "needs", "each")
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


class CriterionLike(Protocol):
    """What is needed of a criterion: `values` are all its keys, for the title."""

    @property
    def problem(self) -> str: ...
    @property
    def points(self) -> int: ...
    @property
    def values(self) -> Mapping[str, Any]: ...


def read_checks(
    folder: Path, criteria: Sequence[CriterionLike] = (), file: str = ""
) -> tuple[tuple[Check, ...], tuple[Problem, ...]]:
    """The checks in *folder*, in the order of files and lines, and what is wrong with them.

    *file* is what messages call the folder.
    """
    name = file or folder.name
    found: list[_Found] = []
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.py")):
        tree, unreadable = read_python(path, f"{name}/{path.name}")
        problems += unreadable
        if tree is None:
            continue
        if path.match(PATTERN):
            found += _Module(tree, f"{name}/{path.name}", path.name, criteria, problems).find()
        else:
            problems += _misnamed(tree, f"{name}/{path.name}")
    problems += _repeated(found)
    checks = _expand(found, criteria, problems)
    problems += _cycles(checks, found)
    return checks, tuple(sorted(problems))


@dataclass(frozen=True)
class _Found:
    """One check function as its source describes it."""

    name: str
    title: str
    place: Place
    file: str
    points: int = 0
    hint: str = ""
    needs: tuple[str, ...] = ()
    each: bool = False
    places: Mapping[str, Place] = field(default_factory=dict)


class _Module:
    """One check file."""

    def __init__(
        self,
        tree: ast.Module,
        file: str,
        name: str,
        criteria: Sequence[CriterionLike],
        problems: list[Problem],
    ) -> None:
        self.tree = tree
        self.file = file
        self.name = name
        self.criteria = criteria
        self.problems = problems

    def find(self) -> Iterator[_Found]:
        for node in self.tree.body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                found = self._function(node)
                if found:
                    yield found
            elif isinstance(node, ast.ClassDef) and node.name.startswith("Test"):
                self._report(node, f"`{node.name}` is a class; checks are plain functions", "check-form")
            elif isinstance(node, ast.If | ast.Try | ast.With | ast.For | ast.While):
                for inner in ast.walk(node):
                    if isinstance(inner, ast.FunctionDef) and inner.name.startswith("test"):
                        message = f"`{inner.name}` must stand at the top level of the file"
                        self._report(inner, message, "check-form", "checks are read without being run")

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> _Found | None:
        marks = [decorator for decorator in node.decorator_list if _is_check(decorator)]
        named = node.name.startswith("test_")
        if not marks and not named:
            return None
        if not self._has_the_form(node, marks, named=named):
            return None
        keywords = self._keywords(marks[0])
        each = "each" in keywords
        found = _Found(
            node.name,
            self._title(node, each=each),
            self._place(node),
            self.name,
            self._points(node, keywords, marks[0], each=each),
            self._text(keywords, "hint"),
            self._needs(keywords),
            each,
            {key: self._place(value) for key, (value, _) in keywords.items()},
        )
        self._check_each(node, keywords)
        return found

    def _has_the_form(self, node: Any, marks: list[ast.expr], *, named: bool) -> bool:
        if not marks:
            self._report(
                node, f"`{node.name}` has no points", "check-points", "write `@check(points=1)` above it"
            )
            return False
        if not named:
            message = f"`{node.name}` is marked with `@check` but would never run"
            self._report(node, message, "check-form", f"begin its name with `test_`: `test_{node.name}`")
            return False
        if not isinstance(marks[0], ast.Call):
            self._report(node, f"`{node.name}` has no points", "check-points", "write `@check(points=1)`")
            return False
        if isinstance(node, ast.AsyncFunctionDef):
            self._report(node, f"`{node.name}` is `async`; checks are plain functions", "check-form")
        if len(marks) > 1:
            self._report(node, f"`{node.name}` has `@check` twice", "check-form", "keep one")
        if any("parametrize" in ast.unparse(decorator) for decorator in node.decorator_list):
            message = f"`{node.name}` is parametrised, so that its points cannot be told"
            self._report(
                node, message, "check-form", f'write one check for each case, or `@check(each="{EACH}")`'
            )
        return True

    def _keywords(self, call: ast.expr) -> dict[str, tuple[ast.expr, Any]]:
        """Keyword -> where it stands and its value, of those that can be read."""
        assert isinstance(call, ast.Call)  # noqa: S101 - `_has_the_form` saw to it
        if call.args:
            self._report(
                call.args[0], "`@check` takes keywords only", "check-form", "write `@check(points=1)`"
            )
        keywords = {}
        for keyword in call.keywords:
            if keyword.arg not in _KEYWORDS:
                close = did_you_mean(keyword.arg or "", _KEYWORDS)
                self._report(keyword, f"`@check` has no `{keyword.arg or '**'}`", "check-form", close)
                continue
            try:
                keywords[keyword.arg] = keyword.value, ast.literal_eval(keyword.value)
            except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
                message = f"`{keyword.arg}` must be written out here, since checks are read without being run"
                self._report(keyword.value, message, "check-form")
        return {key: (node, value) for key, (node, value) in keywords.items() if value is not None}

    def _title(self, node: ast.FunctionDef | ast.AsyncFunctionDef, *, each: bool) -> str:
        title = " ".join((ast.get_docstring(node) or "").split())
        if not title:
            self._report(
                node,
                f"`{node.name}` has no title",
                "check-title",
                'write the sentence that students read as its docstring: `"""starts at `start`"""`',
            )
        elif each and self.criteria:
            for criterion in self.criteria:
                if problem := _title_problem(title, criterion):
                    self._report(node, f"the title of `{node.name}` {problem[0]}", "check-title", problem[1])
                    return node.name
        return title or node.name

    def _points(self, node: Any, keywords: dict[str, tuple[ast.expr, Any]], call: Any, *, each: bool) -> int:
        if "points" not in keywords:
            if not each and not any(keyword.arg == "points" for keyword in call.keywords):
                self._report(node, f"`{node.name}` has no points", "check-points", "write `@check(points=1)`")
            return 0
        value_node, points = keywords["points"]
        if each:
            message = "`points` of such a check come from the criteria in course.yaml"
            self._report(value_node, message, "check-points", "leave `points` out here")
        elif type(points) is not int or not 1 <= points <= 1000:
            self._report(
                value_node,
                f"points is {_shown(value_node)}; a check is worth a whole number from 1 to 1000",
                "check-points",
            )
            return 0
        return int(points) if not each else 0

    def _text(self, keywords: dict[str, tuple[ast.expr, Any]], key: str) -> str:
        if key not in keywords:
            return ""
        node, value = keywords[key]
        if not isinstance(value, str):
            self._report(node, f"`{key}` is {_shown(node)}; it must be a text", "check-form")
            return ""
        return " ".join(value.split())

    def _needs(self, keywords: dict[str, tuple[ast.expr, Any]]) -> tuple[str, ...]:
        if "needs" not in keywords:
            return ()
        node, value = keywords["needs"]
        if isinstance(value, list | tuple) and all(isinstance(name, str) for name in value):
            return tuple(value)
        message = f'`needs` is {_shown(node)}; it must be a list of names, such as `needs=["test_shape"]`'
        self._report(node, message, "check-needs")
        return ()

    def _check_each(self, node: Any, keywords: dict[str, tuple[ast.expr, Any]]) -> None:
        arguments = {argument.arg for argument in (*node.args.args, *node.args.kwonlyargs)}
        if "each" not in keywords:
            if "criterion" in arguments:
                message = f"`{node.name}` asks for `criterion`, which a single check does not have"
                self._report(node, message, "check-each", f'write `@check(each="{EACH}")`')
            return
        value_node, each = keywords["each"]
        if each != EACH:
            self._report(
                value_node, f'`each` is {_shown(value_node)}; it can only be `"{EACH}"`', "check-each"
            )
        elif not self.criteria:
            message = (
                f"`{node.name}` runs once for each criterion, but the exercise has no `{EACH}` in course.yaml"
            )
            self._report(
                node, message, "check-each", "add criteria to the exercise, or give the check `points=`"
            )
        if "criterion" not in arguments:
            message = f"`{node.name}` runs once for each criterion but does not look at it"
            self._report(node, message, "check-each", "add the argument `criterion`")

    def _report(self, node: Any, message: str, rule: str, hint: str = "") -> None:
        self.problems.append(Problem(self._place(node), message, rule, hint))

    def _place(self, node: Any) -> Place:
        return Place(self.file, node.lineno, node.col_offset + 1)


def _shown(node: ast.expr) -> str:
    text = ast.unparse(node)
    return f"`{text}`" if len(text) <= 40 else f"`{text[:37]}...`"


def _is_check(decorator: ast.expr) -> bool:
    target = decorator.func if isinstance(decorator, ast.Call) else decorator
    return (isinstance(target, ast.Name) and target.id == "check") or (
        isinstance(target, ast.Attribute) and target.attr == "check"
    )


def _misnamed(tree: ast.Module, file: str) -> Iterator[Problem]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and any(map(_is_check, node.decorator_list)):
            yield Problem(
                Place(file), "holds checks but would never be run", "check-form", "name the file `check_*.py`"
            )
            return


def _title_problem(title: str, criterion: CriterionLike) -> tuple[str, str] | None:
    values = criterion.values
    try:
        fields = [name for _, name, _, _ in string.Formatter().parse(title) if name is not None]
    except ValueError:
        return "has a brace that is not closed", "write `{{` for a brace in the text"
    for name in fields:
        if name not in values:
            return (
                f"names `{{{name}}}`, which the criterion for `{criterion.problem}` does not have",
                did_you_mean(name, sorted(values)),
            )
    try:
        _format(title, criterion)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        return f"cannot be filled in: {error}", ""
    return None


def _format(title: str, criterion: CriterionLike) -> str:
    shown = {
        key: f"{value:.10g}" if type(value) is float else value for key, value in criterion.values.items()
    }
    try:
        return title.format_map(shown)
    except (ValueError, TypeError):
        return title.format_map(dict(criterion.values))


def _repeated(found: Sequence[_Found]) -> Iterator[Problem]:
    first: dict[str, Place] = {}
    for one in found:
        if one.name in first:
            message = f"there is a second `{one.name}`; the first is at {first[one.name]}"
            yield Problem(one.place, message, "check-repeated", "give each check of an exercise its own name")
        first.setdefault(one.name, one.place)


def _expand(
    found: Sequence[_Found], criteria: Sequence[CriterionLike], problems: list[Problem]
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
                    _safe_title(one.title, criterion) if criterion else one.title,
                    criterion.points if criterion else one.points,
                    one.hint,
                    tuple(dict.fromkeys(need for names in expanded for need in names)),
                    one.name,
                    one.file,
                    number if one.each else None,
                )
            )
    return tuple(checks)


def _safe_title(title: str, criterion: CriterionLike) -> str:
    return title if _title_problem(title, criterion) else _format(title, criterion)


def _suffixes(criteria: Sequence[CriterionLike]) -> list[str]:
    """`[bowl]`, and `[bowl-2]` for the second criterion with that problem."""
    seen: Counter[str] = Counter()
    suffixes = []
    for criterion in criteria:
        seen[criterion.problem] += 1
        number = seen[criterion.problem]
        suffixes.append(f"[{criterion.problem}]" if number == 1 else f"[{criterion.problem}-{number}]")
    return suffixes


def _cycles(checks: Sequence[Check], found: Sequence[_Found]) -> Iterator[Problem]:
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
