"""The rules of `validate` about files: the three mirrored trees of lessons and exercises, hidden checks, solutions.

Each rule is one function that yields its problems. Python files are looked at, never imported.
"""

from __future__ import annotations

import ast
import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.checks import EACH, PATTERN, Check, read_checks
from autograder.course_parse import Draft, Part, is_folder_name
from autograder.course_words import shown
from autograder.errors import Place, Problem, did_you_mean
from autograder.hashes import files_in
from autograder.pythonsource import names_in, read_python

_EXERCISE_FILES = ("task.md", "starter.py", "visible_checks.py")


@dataclass(frozen=True)
class _Criterion:
    """A criterion as far as it can be read."""

    problem: str
    points: int
    values: Mapping[str, Any]


def find_file_problems(root: Path, draft: Draft) -> Iterator[Problem]:
    """What the rules about files say, hidden checks and solutions apart."""
    yield from _lesson_folders(root, draft)
    yield from _exercise_folders(root, draft)
    yield from _stray_checks(root, draft)


def read_all_checks(root: Path, draft: Draft) -> tuple[dict[str, tuple[Check, ...]], list[Problem]]:
    """The hidden checks of every code exercise that has a readable id, and what is wrong with them."""
    checks: dict[str, tuple[Check, ...]] = {}
    problems: list[Problem] = []
    for exercise in draft.code_exercises:
        identity = exercise.text("id")
        if not is_folder_name(identity) or identity in checks:
            continue
        folder = f"tests/hidden/{identity}"
        criteria = [_criterion(entry) for entry in exercise.entries(EACH) if isinstance(entry, dict)]
        checks[identity], found = read_checks(root / folder, criteria, folder)
        problems += found
        problems += _missing_checks(root / folder, folder, exercise, checks[identity], found)
    return checks, problems


def _criterion(entry: Mapping[str, Any]) -> _Criterion:
    problem, points = entry.get("problem"), entry.get("points")
    values = {"problem": "", "points": 1, **entry}
    return _Criterion(
        problem if isinstance(problem, str) else "", points if type(points) is int else 1, values
    )


def _missing_checks(
    path: Path, folder: str, exercise: Part, checks: Sequence[Check], found: Sequence[Problem]
) -> Iterator[Problem]:
    hint = f"write `{folder}/check_{exercise.text('id')}.py` with at least one function marked with `@check`"
    if not path.is_dir():
        yield Problem(exercise.place("id"), f"there is no folder `{folder}`", "no-checks", hint)
    elif not any(path.glob(PATTERN)):
        yield Problem(exercise.place("id"), f"`{folder}` holds no file `{PATTERN}`", "no-checks", hint)
    elif not checks and not found:
        yield Problem(exercise.place("id"), f"`{folder}` holds no check", "no-checks", hint)
    readable = checks and not any(problem.rule in ("python-syntax", "unreadable-file") for problem in found)
    if readable and exercise.entries(EACH) and all(check.criterion is None for check in checks):
        yield Problem(
            exercise.place(EACH),
            f"no check in `{folder}` looks at these criteria",
            "unused-criteria",
            f'write a check with `@check(each="{EACH}")`',
        )


def _lesson_folders(root: Path, draft: Draft) -> Iterator[Problem]:
    base = "course/lessons"
    wanted = {
        f"{lesson.number:02}-{lesson.text('id')}": lesson
        for lesson in draft.parts
        if is_folder_name(lesson.text("id"))
    }
    strays = [name for name in _folders(root / base) if name not in wanted]
    for name, lesson in wanted.items():
        if (root / base / name).is_dir():
            yield from _text_file(root, f"{base}/{name}/lesson.md", lesson)
            continue
        twin = _twin(name, strays)
        yield _missing_folder(base, name, twin, lesson)
        strays = [stray for stray in strays if stray != twin]
    if draft.complete:
        for stray in strays:
            message = "belongs to no lesson of course.yaml"
            yield Problem(
                Place(f"{base}/{stray}"),
                message,
                "stray-folder",
                _stray_hint(_without_number(stray), [lesson.text("id") for lesson in draft.parts]),
            )


def _without_number(name: str) -> str:
    return re.sub(r"^\d+-", "", name)


def _twin(name: str, strays: Sequence[str]) -> str:
    """The folder that was probably meant by *name*."""
    exact = [stray for stray in strays if _without_number(stray) == _without_number(name)]
    close = difflib.get_close_matches(name, strays, n=1, cutoff=0.7)
    return (exact or close or [""])[0]


def _missing_folder(base: str, name: str, twin: str, part: Part) -> Problem:
    if twin:
        hint = (
            f"rename `{base}/{twin}`, or change the id"
            if "lessons" not in base
            else f"rename `{base}/{twin}`; the number is the lesson's place in course.yaml"
        )
        return Problem(part.place("id"), f"there is no folder `{base}/{name}`", "id-folder", hint)
    return Problem(
        part.place("id"), f"there is no folder `{base}/{name}`", "missing-file", "its name is made of the id"
    )


def _text_file(root: Path, file: str, part: Part) -> Iterator[Problem]:
    """Faults of a file that students read."""
    path = root / file
    if not path.is_file():
        yield Problem(part.place("id"), f"there is no file `{file}`", "missing-file")
        return
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        yield Problem(
            Place(file), "is not UTF-8 text", "unreadable-file", "save the file as UTF-8 in your editor"
        )
    except OSError as error:
        yield Problem(Place(file), f"cannot be opened: {error.strerror}", "unreadable-file")
    else:
        if not text.strip():
            yield Problem(Place(file), "is empty", "empty-file")


def _exercise_folders(root: Path, draft: Draft) -> Iterator[Problem]:
    base = "course/exercises"
    wanted = _by_id(draft)
    strays = [name for name in _folders(root / base) if name not in wanted]
    for name, exercise in wanted.items():
        if not (root / base / name).is_dir():
            twin = _twin(name, strays)
            yield _missing_folder(base, name, twin, exercise)
            strays = [stray for stray in strays if stray != twin]
            continue
        for file in _EXERCISE_FILES:
            yield from _text_file(root, f"{base}/{name}/{file}", exercise)
        yield from _starter(root, f"{base}/{name}", exercise)
    yield from _strays(base, strays, draft)


def _by_id(draft: Draft) -> dict[str, Part]:
    """The first code exercise of each id."""
    exercises: dict[str, Part] = {}
    for exercise in draft.code_exercises:
        if is_folder_name(exercise.text("id")):
            exercises.setdefault(exercise.text("id"), exercise)
    return exercises


def _strays(base: str, strays: Sequence[str], draft: Draft) -> Iterator[Problem]:
    if draft.complete:
        ids = list(_by_id(draft))
        for stray in strays:
            message = "belongs to no code exercise of course.yaml"
            yield Problem(Place(f"{base}/{stray}"), message, "stray-folder", _stray_hint(stray, ids))


def _stray_hint(stray: str, known: Sequence[str]) -> str:
    hint = did_you_mean(stray, known)
    return hint if hint.startswith("did you mean") else "name it in course.yaml, or delete it"


def _starter(root: Path, folder: str, exercise: Part) -> Iterator[Problem]:
    trees = {}
    for name in ("starter.py", "visible_checks.py"):
        if (root / folder / name).is_file():
            trees[name], problems = read_python(root / folder / name, f"{folder}/{name}")
            yield from (problem for problem in problems if problem.rule == "python-syntax")
    starter = trees.get("starter.py")
    if starter is not None:
        yield from _functions_defined(starter, f"{folder}/starter.py", exercise, "missing-function")


def _functions_defined(tree: ast.Module, file: str, exercise: Part, rule: str) -> Iterator[Problem]:
    defined = names_in(tree)
    for number, name in enumerate(exercise.entries("functions")):
        if isinstance(name, str) and name not in defined:
            place = exercise.place("functions", number)
            functions = [one.name for one in tree.body if isinstance(one, ast.FunctionDef)]
            yield Problem(
                place, f"`{file}` does not define {shown(name)}", rule, did_you_mean(name, functions)
            )


def _stray_checks(root: Path, draft: Draft) -> Iterator[Problem]:
    base = "tests/hidden"
    wanted = _by_id(draft)
    yield from _strays(base, [name for name in _folders(root / base) if name not in wanted], draft)


def find_import_problems(root: Path, draft: Draft) -> Iterator[Problem]:
    """Hidden files that import from the checks of an exercise that is not theirs: what was found out about one exercise holds until
    its own checks change, or what all share."""
    hidden = root / "tests" / "hidden"
    exercises = _by_id(draft)
    words = re.compile(rf"^\s*(?:from|import)\b.*\b(?:{'|'.join(map(re.escape, exercises))})\b", re.MULTILINE)
    for path in files_in(hidden):
        file = path.relative_to(root).as_posix()
        if path.suffix != ".py" or not words.search(path.read_text("utf-8", "replace").replace("\\\n", " ")):
            continue  # to walk through the syntax of all of them would take longer than all else here
        tree, _ = read_python(path, file)
        for node in ast.walk(tree) if tree else ():
            for name in _imported(node):
                if name in exercises and hidden / name not in path.parents:
                    yield Problem(
                        Place(file, getattr(node, "lineno", 0), getattr(node, "col_offset", 0) + 1),
                        f"imports from `tests/hidden/{name}`, which holds the checks of one exercise",
                        "check-import",
                        "move what several exercises share into a file beside these folders",
                    )


def _imported(node: ast.AST) -> list[str]:
    """The names of the packages or modules that *node* imports from."""
    if isinstance(node, ast.Import):
        return [alias.name.partition(".")[0] for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module:
        return [node.module.partition(".")[0]]
    return []


def find_solution_problems(root: Path, draft: Draft) -> Iterator[Problem]:
    """What the rules about solutions say. They are for authors: a course without the folder is complete, one with half of it is a slip."""
    base = "solutions"
    folders = _folders(root / base)
    if not folders:
        return
    wanted = _by_id(draft)
    for name, exercise in wanted.items():
        yield from _solution(root, f"{base}/{name}", exercise)
    yield from _strays(base, [name for name in folders if name not in wanted], draft)


def _solution(root: Path, folder: str, exercise: Part) -> Iterator[Problem]:
    file = f"{folder}/solution.py"
    if not (root / file).is_file():
        hint = "every exercise has one that earns all points, or the course has no folder `solutions`"
        yield Problem(exercise.place("id"), f"there is no file `{file}`", "solution-missing", hint)
    else:
        tree, problems = read_python(root / file, file)
        yield from problems
        if tree is not None:
            yield from _functions_defined(tree, file, exercise, "solution-function")
    for kind in ("variants", "mistakes"):
        for path in sorted((root / folder / kind).glob("*.py")):
            tree, problems = read_python(path, f"{folder}/{kind}/{path.name}")
            yield from problems
            if tree is not None and not (ast.get_docstring(tree) or "").strip():
                message = "has no docstring" + (
                    ": the sentence that students read when their code behaves like this"
                    if kind == "mistakes"
                    else ": what it does differently"
                )
                yield Problem(Place(f"{folder}/{kind}/{path.name}"), message, "solution-docstring")


def _folders(path: Path) -> list[str]:
    """The names of the folders in *path* that an author made."""
    if not path.is_dir():
        return []
    return sorted(entry.name for entry in path.iterdir() if entry.is_dir() and entry.name[0] not in "._")
