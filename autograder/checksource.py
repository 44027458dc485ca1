"""Reads the functions of one file of hidden checks from its syntax tree: their points, titles and what they need.

Nothing is imported or run. What the functions of a whole folder make together is for `checks`.
"""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from autograder.errors import Place, Problem, did_you_mean

EACH = "convergence"
MAX_POINTS = 1000

_KEYWORDS = ("points", "hint", "needs", "each")


class CriterionLike(Protocol):
    """What is needed of a criterion: `values` are all its keys, for the title."""

    @property
    def problem(self) -> str: ...
    @property
    def points(self) -> int: ...
    @property
    def values(self) -> Mapping[str, Any]: ...


@dataclass(frozen=True)
class Found:
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


def read_functions(
    tree: ast.Module, file: str, criteria: Sequence[CriterionLike]
) -> tuple[list[Found], list[Problem]]:
    """The checks of one file in the order of its lines, and what is wrong with them; *file* is what messages call it."""
    module = _Module(file, criteria)
    return list(module.find(tree)), module.problems


def misnamed(tree: ast.Module, file: str) -> Iterator[Problem]:
    """The problem that a file holds checks although its name says otherwise."""
    if any(
        isinstance(node, ast.FunctionDef) and any(map(_is_check, node.decorator_list)) for node in tree.body
    ):
        yield Problem(
            Place(file), "holds checks but would never be run", "check-form", "name the file `check_*.py`"
        )


def filled_title(title: str, criterion: CriterionLike) -> str:
    """*title* with the values of *criterion* in it; as it is where it cannot be filled in."""
    return title if _title_problem(title, criterion) else _format(title, criterion)


class _Module:
    """One check file."""

    def __init__(self, file: str, criteria: Sequence[CriterionLike]) -> None:
        self.file = file
        self.name = file.rpartition("/")[2]
        self.criteria = criteria
        self.problems: list[Problem] = []

    def find(self, tree: ast.Module) -> Iterator[Found]:
        for node in tree.body:
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

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> Found | None:
        marks = [decorator for decorator in node.decorator_list if _is_check(decorator)]
        named = node.name.startswith("test_")
        if not marks and not named:
            return None
        if not self._has_the_form(node, marks, named=named):
            return None
        keywords = self._keywords(marks[0])
        each = "each" in keywords
        found = Found(
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
        elif type(points) is not int or not 1 <= points <= MAX_POINTS:
            self._report(
                value_node,
                f"`points` is {_shown(value_node)}; a check is worth a whole number from 1 to {MAX_POINTS}",
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
