"""Our GIFT through gift-pegjs, a strict parser by others. `make gift` fetches it and runs this; without it this is skipped."""

from __future__ import annotations

import json
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from autograder.course import Course
from autograder.export import quizzes
from autograder.export.quizzes import Section
from tests.importers.asked import Asked
from tests.importers.moodle_questions import _after, read_gift
from tests.test_quiz_export import SAMPLES

FOLDER = Path(__file__).parent / "gift"
KINDS = {"TF": "true-false", "MC": "single", "Numerical": "numeric", "Short": "short", "Matching": "pairs"}

pytestmark = pytest.mark.skipif(
    not (FOLDER / "node_modules" / "gift-pegjs").is_dir() or shutil.which("node") is None,
    reason="gift-pegjs is not installed; `make gift` does that where npm and the network are there",
)


def parsed(path: Path) -> list[dict[str, Any]]:
    done = subprocess.run(
        ["node", "read.mjs", str(path)],
        cwd=FOLDER,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [question for question in json.loads(done.stdout) if question["type"] != "Category"]


def kind(question: dict[str, Any]) -> str:
    if question["type"] == "MC" and all(choice["weight"] is not None for choice in question["choices"]):
        return "several"
    return KINDS[question["type"]]


def head(asked: Asked) -> tuple[str, str, str]:
    return asked.id, asked.kind, asked.text


def heads(path: Path) -> list[tuple[str, str, str]]:
    return [(q["title"], kind(q), q["stem"]["text"]) for q in parsed(path)]


def test_a_course_is_read_as_we_read_it(tiny: Course, optimizers: Course, tmp_path: Path) -> None:
    for course in (tiny, optimizers):
        sections = [Section(lesson.id, lesson.title, lesson.questions) for lesson in course.lessons]
        content = quizzes.make("gift", course.id, sections, leave_out=True).files[0].content
        path = tmp_path / "q.gift"
        path.write_bytes(content)

        assert [head(asked) for asked in read_gift(content)] == heads(path)


@pytest.mark.parametrize("sample", sorted(SAMPLES))
def test_difficult_texts_are_read_as_we_read_them(sample: str, tmp_path: Path) -> None:
    content = quizzes.make("gift", "c", [Section("s", "S", (SAMPLES[sample],))]).files[0].content
    path = tmp_path / "q.gift"
    path.write_bytes(content)

    [asked] = read_gift(content)
    [other] = parsed(path)

    assert [head(asked)] == heads(path)
    assert answers(asked) == other_answers(asked.kind, other)


def answers(asked: Asked) -> list[Any]:
    if asked.kind in ("single", "several"):
        return [(text, right) for text, right, _ in asked.answers]
    return list(asked.answers)


def other_answers(kind: str, question: dict[str, Any]) -> list[Any]:
    match kind:
        case "true-false":
            return [question["isTrue"]]
        case "single" | "several":
            return [
                (c["text"]["text"], c["isCorrect"] or (c["weight"] or 0) > 0) for c in question["choices"]
            ]
        case "numeric":
            found = question["choices"][0]["text"]
            number, tolerance = (format(found[key], ".15g") for key in ("number", "range"))
            return [Decimal(number) - Decimal(tolerance), Decimal(number) + Decimal(tolerance)]
        case "pairs":
            # gift-pegjs 1.0.2 leaves its marks for escaped characters in the right sides
            return [(p["subquestion"]["text"], _after(p["subanswer"])) for p in question["matchPairs"]]
    return [c["text"]["text"].replace("\\*", "*") for c in question["choices"] if c["weight"] in (None, 100)]
