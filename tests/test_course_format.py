"""docs/course-format.md and the JSON Schema say what the types of course.yaml say."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from pydantic import BaseModel

from autograder import content, quiz, yamlsource
from autograder.cli import run
from autograder.course import inspect

ROOT = Path(__file__).resolve().parents[1]
TINY = ROOT / "tests" / "courses" / "tiny"
BROKEN = ROOT / "tests" / "broken"
PAGE = (ROOT / "docs" / "course-format.md").read_text(encoding="utf-8")
SCHEMA = ROOT / "docs" / "course.schema.json"
EXAMPLES = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def rows(marker: str) -> list[list[str]]:
    """The cells of the table that follows `<!-- MARKER -->`."""
    table = PAGE.partition(f"<!-- {marker} -->")[2].strip().partition("\n\n")[0].splitlines()[2:]
    assert table
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table]


def codes(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


MODELS = re.findall(r"<!-- keys: (\w+) -->", PAGE)


@pytest.mark.parametrize("name", MODELS)
def test_the_tables_of_keys_are_the_types(name: str) -> None:
    """Each key once, in the order of the type, marked as needed where it is."""
    model: type[BaseModel] = getattr(content, name)

    told = [(codes(row[0])[0], row[1] == "yes") for row in rows(f"keys: {name}")]

    assert told == [(key, field.is_required()) for key, field in model.model_fields.items()]


def test_every_type_of_the_course_has_a_table() -> None:
    """Those of rubrics are explained in docs/free-text.md."""
    ours = [
        name
        for name, thing in vars(content).items()
        if isinstance(thing, type) and issubclass(thing, BaseModel) and thing.__module__ == content.__name__
    ]

    assert sorted(MODELS) == sorted(set(ours) - {"Model"})


def test_the_table_of_questions_is_the_types() -> None:
    """What a question needs beyond id, type, question and points."""
    common = set(quiz._Question.model_fields) | {"type"}
    types: dict[str, Any] = {}
    for model in quiz._MARKERS:
        own = {key: field.is_required() for key, field in model.model_fields.items() if key not in common}
        (name,) = model.model_fields["type"].annotation.__args__  # type: ignore[union-attr]
        types[name] = [key for key in own if own[key]], [key for key in own if not own[key]]

    assert {codes(row[0])[0]: (codes(row[1]), codes(row[2])) for row in rows("questions")} == types


READ_AS = {bool: "boolean", int: "number", float: "number", str: "text"}


def test_the_table_of_what_yaml_makes_of_values_is_true() -> None:
    table = re.findall(r"^\| `([^`]+)` \| (boolean|number|text) \|$", PAGE, re.MULTILINE)

    assert len(table) == 10
    for written, kind in table:
        assert READ_AS[type(yamlsource.parse(written.encode(), "f").data)] == kind, written


@pytest.mark.parametrize("example", EXAMPLES, ids=[text.splitlines()[0] for text in EXAMPLES])
def test_the_examples_are_courses_without_problems(example: str, tmp_path: Path) -> None:
    """With the folders that the page says they need."""
    if example.startswith("id: "):
        (tmp_path / "lesson.yaml").write_text(example, encoding="utf-8")
        example = "lessons: [lesson.yaml]\n"
    if "format: 1" not in example:
        example = f"format: 1\ncourse: {{id: example, title: Example}}\n{example}"
    example = re.sub(r"^  - lessons/.*\n", "", example, flags=re.MULTILINE)
    (tmp_path / "course.yaml").write_text(example, encoding="utf-8")
    write_folders(tmp_path)

    assert [str(problem) for problem in inspect(tmp_path)[1]] == []


def write_folders(root: Path) -> None:
    """What lies beside course.yaml: as little as the page allows."""
    problems: set[str] = set()
    for number, lesson in enumerate(yamlsource.read(root / "course.yaml").data["lessons"], 1):
        if isinstance(lesson, str):
            lesson = yamlsource.read(root / lesson).data  # noqa: PLW2901
        write(root / "course/lessons" / f"{number:02}-{lesson['id']}" / "lesson.md", "# A lesson\n")
        for exercise in lesson.get("exercises", ()):
            if exercise["type"] == "code":
                write_exercise(root, exercise)
                problems |= {criterion["problem"] for criterion in exercise.get("convergence", ())}
    if problems:
        write(root / "course/problems.py", f"PROBLEMS = {dict.fromkeys(sorted(problems))!r}\n")


def write_exercise(root: Path, exercise: dict[str, Any]) -> None:
    public = root / "course/exercises" / exercise["id"]
    write(public / "task.md", "Write it.\n")
    write(public / "visible_checks.py", "pass\n")
    write(public / "starter.py", "".join(f"def {name}(): ...\n" for name in exercise["functions"]))
    each, arguments = (
        ('each="convergence"', "submission, criterion")
        if "convergence" in exercise
        else ("points=1", "submission")
    )
    source = f'@check({each})\ndef test_it({arguments}):\n    """works"""\n'
    write(root / "tests/hidden" / exercise["id"] / "check_it.py", source)


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_the_schema_in_the_docs_is_current(capsys: pytest.CaptureFixture[str]) -> None:
    """`autograde schema > docs/course.schema.json` writes it anew."""
    status = run(["schema"])

    assert (0, SCHEMA.read_text(encoding="utf-8")) == (status, capsys.readouterr().out)


def plain(value: Any) -> Any:
    """*value* as JSON would have it."""
    return json.loads(json.dumps(value))


def validator(definition: str = "") -> jsonschema.Draft202012Validator:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    part = {"$ref": f"#/$defs/{definition}", "$defs": schema["$defs"]} if definition else schema
    return jsonschema.Draft202012Validator(part)


@pytest.mark.parametrize("root", [ROOT, TINY], ids=["optimizers", "tiny"])
def test_the_schema_accepts_our_own_courses(root: Path) -> None:
    """An editor that marks a right file as wrong is worse than none."""
    whole = yamlsource.read(root / "course.yaml").data

    assert list(validator().iter_errors(plain(whole))) == []
    for entry in whole["lessons"]:
        if isinstance(entry, str):
            lesson = plain(yamlsource.read(root / entry).data)
            assert list(validator("LessonContent").iter_errors(lesson)) == []


SLIPS = ["bad-id", "empty-text", "missing-key", "out-of-range", "points", "too-few", "too-many", "unknown-key",
         "unknown-type", "unknown-value", "wrong-type-number", "wrong-type-yes", "wrong-type-yes-option"]  # fmt: skip


@pytest.mark.parametrize("folder", SLIPS)
def test_the_schema_refuses_what_the_types_refuse(folder: str) -> None:
    """Slips that an editor can show while they are made."""
    course = plain(yamlsource.read(BROKEN / folder / "course.yaml").data)

    assert list(validator().iter_errors(course)) != []


def test_the_schema_explains_every_key_of_the_course() -> None:
    """An editor shows it beside the key."""
    definitions = json.loads(SCHEMA.read_text(encoding="utf-8"))["$defs"]
    silent = [
        f"{name}.{key}"
        for name, definition in definitions.items()
        if name in {*MODELS, *(model.__name__ for model in quiz._MARKERS), "Option", "Pair", "Feedback"}
        for key, field in definition["properties"].items()
        if "description" not in field and key != "type"
    ]

    assert silent == []
