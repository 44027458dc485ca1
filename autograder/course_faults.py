"""Turns what pydantic says about a value into `Problem`s in the words of the course, each with its place in the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from autograder.course_words import entries, found, named, owner_of, shown
from autograder.errors import Place, Problem, did_you_mean
from autograder.yamlsource import Source, Step

_Path = tuple[Step, ...]

_MAPPING = "a mapping (`key: value`)"
_NEEDED = {
    "bool_type": "`true` or `false`",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "string_type": "a text",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": _MAPPING,
    "model_type": _MAPPING,
    "model_attributes_type": _MAPPING,
    "datetime_type": "a date and time with its zone",
}
_UNIONS = {"string": "a text", "array": "a list", "object": _MAPPING}
_LIST_HINT = "begin each entry with `- `, or write them in `[ ]`"
_HINTS = {
    "`true` or `false`": "write `true` or `false` without quotes",
    "a list": _LIST_HINT,
    "a date and time with its zone": "write `2027-02-15T23:59:00+01:00`",
}
_EXAMPLES = {
    "format": "write `format: 1`",
    "points": "write `points: 1`",
    "type": "write `type: code` or `type: text` for an exercise; a question has one of the quiz types",
    "functions": "write `functions: [name_of_the_function]`",
    "course": 'write `course: {id: my-course, title: "My course"}`',
    "lessons": "write `lessons:` and below it `- id: first-lesson`",
    "options": "write `options: [{text: ..., right: true}, {text: ...}]`",
    "answers": "write `answers: [first spelling, second spelling]`",
}
_PATTERNS = {
    r"^[a-z][a-z0-9_]*$": "lower-case letters, digits and `_` only, a letter first",
    r"^[a-z][a-z0-9-]*$": "lower-case letters, digits and `-` only, a letter first",
    r"^[A-Za-z_][A-Za-z0-9_]*$": "a Python name",
}


def read_value(
    adapter: TypeAdapter[Any], data: Any, source: Source, path: _Path = ()
) -> tuple[Any, list[Problem]]:
    """The typed value of *data*, which stands at *path* in *source*, or the problems that it has."""
    try:
        return adapter.validate_python(data), []
    except ValidationError as error:
        faults = _Faults(_schema(adapter), data, source, path)
        return None, [
            problem for detail in error.errors(include_url=False) for problem in faults.problems(detail)
        ]


@lru_cache(maxsize=32)
def _schema(adapter: TypeAdapter[Any]) -> dict[str, Any]:
    return adapter.json_schema()


class _Faults:
    """Translates the errors of one value; the JSON Schema of its type says which keys are known where."""

    def __init__(self, schema: dict[str, Any], data: Any, source: Source, path: _Path) -> None:
        self.schema = schema
        self.data = data
        self.source = source
        self.path = path

    def problems(self, error: ErrorDetails) -> Iterator[Problem]:
        way, node, value = self._follow(error)
        if way is None:
            return
        kind = error["type"]
        context: Mapping[str, Any] = error.get("ctx", {})
        at = (*self.path, *way)
        place = self.source.place(*at)
        if kind == "missing":
            yield self._missing(at, str(error["loc"][-1]))
        elif kind == "extra_forbidden":
            yield self._unknown_key(at, node, value)
        elif kind in ("union_tag_invalid", "union_tag_not_found"):
            yield self._wrong_tag(at, kind, context, _inner(value, "type"))
        elif kind in _NEEDED:
            yield self._wrong_type(at, place, self._needed(kind, node), value, node)
        elif kind in ("literal_error", "enum"):
            yield self._not_among(at, place, context, value)
        elif kind == "too_short" and len(value) >= context["min_length"]:
            return  # it has entries enough; pydantic counts only those without faults
        elif kind in _TEMPLATES:
            message, rule, hint = _TEMPLATES[kind](named(at), value, context)
            yield Problem(place, message, rule, hint)
        else:
            # kinds of our own are rules already; pydantic's are written with `_`
            rule = "wrong-type" if "_" in kind else kind
            yield Problem(place, f"{named(at)}: {error['msg']}", rule, context.get("hint", ""))

    def _follow(self, error: ErrorDetails) -> tuple[_Path | None, dict[str, Any], Any]:
        """The way through the data to an error, the schema of the mapping there, and the value.

        pydantic puts the name of a union's branch into the way; a branch that the value cannot mean is dropped (None).
        """
        way: list[Step] = []
        node, value = self._resolve(self.schema), self.data
        location = error["loc"]
        for number, step in enumerate(location):
            if "discriminator" in node:
                node = self._resolve({"$ref": node["discriminator"]["mapping"].get(str(step), "")})
                continue
            branches = _branches(node, self._resolve)
            if branches:
                fitting = [one for one in branches if _fits(one, value)]
                if len(branches) > 1 and not fitting and isinstance(step, str):
                    return tuple(way), node, value  # no branch is meant: all of them are named at once
                if _is_tag(step, fitting, value) and len(branches) > 1:
                    chosen = [one for one in fitting if _is_branch(one, str(step))]
                    if not chosen:
                        return None, node, value
                    node = chosen[0]
                    continue
                node = (fitting or branches)[0]
            if error["type"] == "missing" and number == len(location) - 1:
                break
            way.append(step)
            value = _inner(value, step)
            if error["type"] == "extra_forbidden" and number == len(location) - 1:
                break
            node = self._resolve(_child(node, step))
        branches = _branches(node, self._resolve)
        return tuple(way), branches[0] if len(branches) == 1 else node, value

    def _resolve(self, node: Any) -> dict[str, Any]:
        while isinstance(node, dict) and "$ref" in node:
            node = self.schema.get("$defs", {}).get(node["$ref"].rpartition("/")[2], {})
        return node if isinstance(node, dict) else {}

    def _missing(self, at: _Path, key: str) -> Problem:
        return Problem(
            self.source.place(*at),
            f"{owner_of(at)} needs `{key}`",
            "missing-key",
            _EXAMPLES.get(key, f"add `{key}: ...`"),
        )

    def _unknown_key(self, at: _Path, node: Mapping[str, Any], value: Any) -> Problem:
        known = sorted(node.get("properties", {}))
        hint = did_you_mean(str(at[-1]), known)
        if " " in str(at[-1]) and value is None:
            hint = "a `,` ends a text inside `{ }`: put the text that it belongs to in quotes"
        message = f"`{at[-1]}` is not a key of {owner_of(at[:-1])}"
        return Problem(self.source.key_place(*at), message, "unknown-key", hint)

    def _wrong_tag(self, at: _Path, kind: str, context: Mapping[str, Any], value: Any) -> Problem:
        if kind == "union_tag_not_found":
            return self._missing(at, "type")
        if not isinstance(value, str):
            way = (*at, "type")
            return self._wrong_type(way, self.source.place(*way), "a text", value, {})
        known = [word.strip().strip("'") for word in context["expected_tags"].split(",")]
        message = f"`{context['tag']}` is not a type of {owner_of(at)}"
        return Problem(
            self.source.place(*at, "type"), message, "unknown-type", did_you_mean(str(context["tag"]), known)
        )

    def _needed(self, kind: str, node: Mapping[str, Any]) -> str:
        """The type that is needed; of a union with lists or mappings pydantic names but one branch at a time."""
        types = [str(one.get("type")) for one in _branches(node, self._resolve)]
        if len(types) > 1 and set(types) <= set(_UNIONS):
            return " or ".join(_UNIONS[one] for one in _UNIONS if one in types)
        return _NEEDED[kind]

    def _wrong_type(
        self, at: _Path, place: Place, needed: str, value: Any, node: Mapping[str, Any]
    ) -> Problem:
        hint = _HINTS.get(needed, "")
        written = self.source.written(*at)
        if needed.startswith("a text") and written:
            hint = f'put it in quotes: `"{written}"`'
        elif needed == _MAPPING and node.get("properties"):
            hint = f"keys: {', '.join(f'`{key}`' for key in node['properties'])}"
        elif needed.endswith("number") and isinstance(value, str) and any(map(str.isdigit, value)):
            hint = "write digits without quotes, with a point and without a comma, such as `1000` or `0.5`"
        return Problem(place, f"{named(at)} {found(value, written)}; it must be {needed}", "wrong-type", hint)

    def _not_among(self, at: _Path, place: Place, context: Mapping[str, Any], value: Any) -> Problem:
        known = [word.strip().strip("'") for word in context["expected"].replace(" or ", ", ").split(",")]
        message = f"{named(at)} {found(value, self.source.written(*at))}, which is not known"
        quoted = isinstance(value, str) and value in known
        hint = f"write `{value}` without quotes" if quoted else did_you_mean(str(value), known)
        return Problem(place, message, "unknown-value", hint)


_Template = Callable[[str, Any, Mapping[str, Any]], tuple[str, str, str]]


def _bound(words: str, key: str) -> _Template:
    def message(name: str, value: Any, context: Mapping[str, Any]) -> tuple[str, str, str]:
        rule = "points" if name == "`points`" else "out-of-range"
        return f"{name} is {shown(value)}; it must be {words} {_size(name, context[key])}", rule, ""

    return message


def _pattern(name: str, value: Any, context: Mapping[str, Any]) -> tuple[str, str, str]:
    allowed = _PATTERNS.get(context["pattern"])
    if allowed is None:
        return _empty(name, value, context)
    suggestion = _as_name(str(value), context["pattern"])
    hint = f"write `{suggestion}`" if suggestion else ""
    return f"{name} is {shown(value)}; it must have {allowed}", "bad-id", hint


def _empty(name: str, value: Any, context: Mapping[str, Any]) -> tuple[str, str, str]:
    return f"{name} is empty; it must be a text", "empty-text", ""


def _too_long(name: str, value: Any, context: Mapping[str, Any]) -> tuple[str, str, str]:
    return (
        f"{name} has {len(value):,} characters; at most {context['max_length']:,} are allowed",
        "out-of-range",
        "",
    )


def _too_few(name: str, value: Any, context: Mapping[str, Any]) -> tuple[str, str, str]:
    least, has = context["min_length"], context["actual_length"]
    return f"{name} has {entries(has)}; it needs at least {least}", "too-few", ""


def _too_many(name: str, value: Any, context: Mapping[str, Any]) -> tuple[str, str, str]:
    return f"{name} has more than {entries(context['max_length'])}", "too-many", ""


def _not_finite(name: str, value: Any, context: Mapping[str, Any]) -> tuple[str, str, str]:
    return f"{name} is {shown(value)}; it must be a finite number", "not-finite", ""


_TEMPLATES: dict[str, _Template] = {
    "greater_than_equal": _bound("at least", "ge"),
    "greater_than": _bound("more than", "gt"),
    "less_than_equal": _bound("at most", "le"),
    "less_than": _bound("less than", "lt"),
    "finite_number": _not_finite,
    "string_pattern_mismatch": _pattern,
    "string_too_short": _empty,
    "string_too_long": _too_long,
    "too_short": _too_few,
    "too_long": _too_many,
}


def _size(name: str, number: float) -> str:
    for unit, size in (("GiB", 1024**3), ("MiB", 1024**2), ("KiB", 1024)):
        if name in ("`memory`", "`output`") and number >= size:
            return f"{number / size:g} {unit}"
    return f"{number:g}"


def _inner(value: Any, step: Step) -> Any:
    if isinstance(step, int) and isinstance(value, tuple | list) and step < len(value):
        return value[step]
    return value.get(step) if isinstance(value, Mapping) else None


def _child(node: Mapping[str, Any], step: Step) -> Any:
    if isinstance(step, int):
        return node.get("items", {})
    return node.get("properties", {}).get(step, node.get("additionalProperties", {}))


def _branches(node: Mapping[str, Any], resolve: Callable[[Any], dict[str, Any]]) -> list[dict[str, Any]]:
    """The types that a union allows, null apart."""
    return [one for one in map(resolve, node.get("anyOf", ())) if one.get("type") != "null"]


def _is_tag(step: Step, fitting: list[dict[str, Any]], value: Any) -> bool:
    """Whether *step* is pydantic's name for a branch of a union and no step into the data."""
    if isinstance(step, int):
        return False
    known = any(step in one.get("properties", {}) for one in fitting)
    return not known and not (isinstance(value, Mapping) and step in value)


def _is_branch(node: Mapping[str, Any], tag: str) -> bool:
    return node.get("title", "text") in tag or node.get("type") == _word(tag)


def _fits(node: Mapping[str, Any], value: Any) -> bool:
    kinds = {
        "object": Mapping,
        "string": str,
        "array": tuple,
        "boolean": bool,
        "number": float,
        "integer": int,
    }
    kind = kinds.get(node.get("type", ""))
    return kind is not None and isinstance(value, kind)


def _word(tag: str) -> str:
    words = {
        "str": "string",
        "int": "integer",
        "float": "number",
        "bool": "boolean",
        "tuple": "array",
        "list": "array",
    }
    return next((word for name, word in words.items() if name in tag), "object")


def _as_name(text: str, pattern: str) -> str:
    """*text* turned into an id that *pattern* allows, if that is possible."""
    joint = "-" if "0-9-" in pattern else "_"
    kept = [character if character.isascii() and character.isalnum() else " " for character in text]
    words = "".join(kept).split()
    name = joint.join(words) if "A-Z" in pattern else joint.join(words).lower()
    return name if name and name[0].isalpha() and name != text else ""
