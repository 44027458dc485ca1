"""Quiz packages: what is written reads back as the same questions, the same bytes every day, and what cannot be said is refused."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from autograder.course import Course, read_course
from autograder.errors import ExportError
from autograder.export import quizzes
from autograder.export.quizzes import FORMATS, Section
from autograder.export.quizzes.moodle_xml import SHARES
from autograder.export.quizzes.richtext import UnsupportedError, block, line, plain
from autograder.quiz import AnyQuestion, Question
from tests.importers import canvas_quizzes, moodle_questions
from tests.importers.asked import Asked, meant

GOLDEN = Path(__file__).parent / "golden" / "quizzes"
"""The tiny course in every format; `python -m tests.test_quiz_export` writes them again: read the diff."""

READERS: dict[str, Callable[[bytes], list[Asked]]] = {
    "canvas-qti": canvas_quizzes.read,
    "gift": moodle_questions.read_gift,
    "moodle-xml": moodle_questions.read_xml,
}
_ADAPTER: TypeAdapter[Question] = TypeAdapter(AnyQuestion)


def question(**data: Any) -> Question:
    """A question as course.yaml would give it."""
    for name in ("options", "answers", "items", "pairs"):
        if name in data:
            data[name] = tuple(data[name])
    return _ADAPTER.validate_python({"id": "q", "question": "Which?", "points": 1, **data})


def made(name: str, *questions: Question, **more: Any) -> bytes:
    return quizzes.make(name, "c", [Section("s", "A / title", tuple(questions))], **more).files[0].content


def read(name: str, content: bytes) -> list[Asked]:
    """As it will be shown: GIFT writes some characters as entities, so that nothing is read into them."""
    return [shown(asked) for asked in READERS[name](content)]


def shown(asked: Asked) -> Asked:
    def plainly(value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(map(plainly, value))
        if not isinstance(value, str):
            return value
        return value.replace("&#91;", "[").replace("&#37;", "%").replace("&#45;", "-")

    return replace(
        asked,
        text=plainly(asked.text),
        answers=plainly(asked.answers),
        right=plainly(asked.right),
        wrong=plainly(asked.wrong),
    )


def expected(name: str, section: Section, asked: Question) -> Asked:
    """What this format's reader should find; GIFT says comments on the whole next to each option."""
    title = section.title if name == "canvas-qti" else f"$course$/top/c/{section.title.replace('/', '//')}"
    found = shown(meant(title, asked))
    if name == "gift" and found.kind == "single":
        answers = tuple(
            (text, right, comment + (found.right if right else found.wrong))
            for text, right, comment in found.answers
        )
        return replace(found, right="", wrong="", answers=answers)
    return found


SAMPLES = {
    "true": question(type="true-false", answer=True, feedback={"right": "Yes: `a=b`", "wrong": "No ~ {x}"}),
    "false": question(type="true-false", answer=False, feedback={"right": "only right"}),
    "single": question(
        type="single-choice",
        question="Pick $x^{2}$ & `a < b`",
        options=["=1", {"text": "%50%2", "right": True, "feedback": "ok: #1"}, "~3", "%30%3", "[html] x", "a -> b"],
        feedback={"right": "Well done", "wrong": "Look again"},
    ),
    "several": question(
        type="several-choices", options=[{"text": "a", "right": True}, {"text": "b", "right": True}, {"text": "c", "feedback": "no"}]
    ),
    "numeric": question(type="numeric", answer=3.14159, tolerance=0.01, feedback={"right": "pi", "wrong": "not pi"}),
    "tiny": question(type="numeric", answer=1e-05, tolerance=1e-07),
    "huge": question(type="numeric", answer=-6.02e23, tolerance=0.0),
    "short": question(
        type="short-answer", answers=["a*b", "lower()", "C:\\dir", "100%"], feedback={"right": "r", "wrong": "w"}
    ),
    "ordering": question(type="ordering", items=["first", "second: b", "third"]),
    "matching": question(
        type="matching", pairs=[{"left": "a -> `b`", "right": "1 = 2"}, {"left": "[x]", "right": "-> y"}, {"left": "c", "right": "#3"}]
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(quizzes.FORMATS))
@pytest.mark.parametrize("sample", sorted(SAMPLES))
def test_what_is_written_reads_back_as_the_same_question(name: str, sample: str) -> None:
    asked = SAMPLES[sample]

    assert [expected(name, Section("s", "A / title", ()), asked)] == read(name, made(name, asked))


def test_every_type_of_question_is_among_the_samples() -> None:
    """A new type has to be said by every format, or refused by it."""
    types = {kind.__name__ for kind in Question.__args__}  # type: ignore[attr-defined]

    assert types == {type(asked).__name__ for asked in SAMPLES.values()}


texts = st.text(
    st.one_of(
        st.sampled_from(list("~=#{}:\\%*[]()<>&\"'_$`-.!|1aé😀ش \n")),
        st.characters(codec="utf-8", exclude_categories=("Cc",)),
    ),
    min_size=1,
    max_size=14,
).filter(str.strip)
feedback = st.fixed_dictionaries({}, optional={"right": texts, "wrong": texts})
numbers = st.floats(allow_nan=False, allow_infinity=False, width=32)
questions = st.one_of(
    st.builds(lambda q, a, f: question(type="true-false", question=q, answer=a, feedback=f), texts, st.booleans(), feedback),
    st.builds(
        lambda q, o, r, f: question(
            type="single-choice", question=q, feedback=f, options=[{**one, "right": n == r % len(o)} for n, one in enumerate(o)]
        ),
        texts, st.lists(st.fixed_dictionaries({"text": texts, "feedback": texts}), min_size=2, max_size=4), st.integers(0, 9), feedback,
    ),
    st.builds(
        lambda q, o, f: question(type="several-choices", question=q, options=o, feedback=f),
        texts, st.lists(st.fixed_dictionaries({"text": texts, "right": st.booleans()}), min_size=2, max_size=6), feedback,
    ),
    st.builds(
        lambda q, a, t, f: question(type="numeric", question=q, answer=a, tolerance=abs(t), feedback=f), texts, numbers, numbers, feedback
    ),
    st.builds(lambda q, a, f: question(type="short-answer", question=q, answers=a, feedback=f), texts, st.lists(texts, min_size=1, max_size=4), feedback),
    st.builds(lambda q, i, f: question(type="ordering", question=q, items=i, feedback=f), texts, st.lists(texts, min_size=3, max_size=4, unique=True), feedback),
    st.builds(
        lambda q, p, f: question(type="matching", question=q, pairs=[{"left": a, "right": b} for a, b in p], feedback=f),
        texts, st.lists(st.tuples(texts, texts), min_size=3, max_size=4, unique_by=(lambda p: p[0], lambda p: p[1])), feedback,
    ),
)  # fmt: skip


@pytest.mark.parametrize("name", sorted(quizzes.FORMATS))
@given(asked=questions)
def test_whatever_is_asked_reads_back_the_same_or_is_refused(name: str, asked: Question) -> None:
    section = Section("s", "Title", (asked,))
    try:
        content = quizzes.make(name, "c", [section]).files[0].content
    except ExportError:
        assume(False)  # noqa: FBT003 - Hypothesis takes no keyword

    assert [expected(name, section, asked)] == read(name, content)


@pytest.mark.parametrize("name", sorted(quizzes.FORMATS))
def test_the_same_course_gives_the_same_bytes(name: str, tiny: Course) -> None:
    sections = [Section(lesson.id, lesson.title, lesson.questions) for lesson in tiny.lessons]

    first, second = (quizzes.make(name, tiny.id, sections, leave_out=True).files[0].content for _ in range(2))

    assert first == second
    golden = GOLDEN / FORMATS[name].name
    assert golden.read_bytes() == first


@pytest.mark.parametrize("name", ["canvas-qti", "moodle-xml"])
def test_every_question_of_this_course_is_said(name: str, optimizers: Course) -> None:
    sections = [Section(lesson.id, lesson.title, lesson.questions) for lesson in optimizers.lessons]

    content = quizzes.make(name, "c", sections).files[0].content

    assert [expected(name, s, q) for s in sections for q in s.questions] == read(name, content)


def test_the_zip_has_fixed_times_and_sorted_entries(tiny: Course) -> None:
    sections = [Section(lesson.id, lesson.title, lesson.questions) for lesson in tiny.lessons]
    with zipfile.ZipFile(io.BytesIO(quizzes.make("canvas-qti", "c", sections).files[0].content)) as archive:
        entries = archive.infolist()

    assert sorted(entry.filename for entry in entries) == [entry.filename for entry in entries]
    assert {(1980, 1, 1, 0, 0, 0)} == {entry.date_time for entry in entries}
    assert {zipfile.ZIP_STORED} == {entry.compress_type for entry in entries}


@pytest.mark.parametrize("count", [n for n in range(1, 25) if n not in SHARES])
def test_parts_that_moodle_has_no_fraction_for_are_refused(count: int) -> None:
    options = [{"text": str(n), "right": n < count} for n in range(count + 1)]

    with pytest.raises(
        ExportError, match=f"it has {count} right options, and Moodle cannot cut the points into {count}"
    ):
        made("moodle-xml", question(type="several-choices", options=options))


@pytest.mark.parametrize("count", [n for n in SHARES if n < 25])
def test_parts_that_moodle_has_are_on_its_list(count: int) -> None:
    options = [{"text": str(n), "right": n < count} for n in range(count + 1)]

    [asked] = moodle_questions.read_xml(made("moodle-xml", question(type="several-choices", options=options)))

    assert [n < count for n in range(count + 1)] == [right for _, right, _ in asked.answers]


REFUSED = {
    "points": ("gift", question(type="true-false", answer=True, points=2), "GIFT has no points, and it is worth 2"),
    "one of several": (
        "gift",
        question(type="several-choices", options=[{"text": "a", "right": True}, "b"]),
        "GIFT would make a single choice of several choices with one right option",
    ),
    "arrow": ("gift", question(type="short-answer", answers=["a -> b"]), "GIFT takes `a -> b` for a pair of a matching question"),
    "weight": ("gift", question(type="short-answer", answers=["%50%a"]), "GIFT reads something else into `%50%a`"),
    "comment": (
        "gift",
        question(type="ordering", items=["a", "b", "c"], feedback={"wrong": "no"}),
        "GIFT has no place for its feedback on the whole answer",
    ),
    "two pairs": (
        "moodle-xml",
        question(type="ordering", items=["a", "b"]),
        "Moodle needs three things to choose from in a matching question",
    ),
    "formatted": (
        "canvas-qti",
        question(type="ordering", items=["`a`", "b", "c"]),
        "a thing to choose is shown without formatting, and ``a`` has some",
    ),
    "picture": ("canvas-qti", question(type="true-false", question="![x](y.png)", answer=True), "it holds a picture"),
    "control": ("moodle-xml", question(type="true-false", question="a\x01", answer=True), "it holds the control character '\\x01'"),
}  # fmt: skip


@pytest.mark.parametrize("case", sorted(REFUSED))
def test_what_a_format_cannot_say_is_refused_with_the_reason(case: str) -> None:
    name, asked, reason = REFUSED[case]

    with pytest.raises(ExportError) as caught:
        made(name, asked)

    assert f"`q` in `s`: {reason}" in caught.value.message
    assert "`--leave-out`" in caught.value.hint


def test_left_out_questions_are_named_and_the_others_written() -> None:
    good = question(type="true-false", answer=True)
    bad = question(type="true-false", answer=True, points=2).model_copy(update={"id": "other"})

    result = quizzes.make("gift", "c", [Section("s", "S", (good, bad))], leave_out=True)

    assert ["`other` in `s`: GIFT has no points, and it is worth 2; left out"] == [
        str(n) for n in result.notices
    ]
    assert result.found
    assert ["q"] == [asked.id for asked in moodle_questions.read_gift(result.files[0].content)]


def test_what_the_lms_marks_in_another_way_is_said() -> None:
    result = quizzes.make("moodle-xml", "c", [Section("s", "S", (SAMPLES["several"], SAMPLES["ordering"]))])

    assert [
        "Moodle gives part of the points for part of the right options, and takes some off for each wrong one: `q`",
        "Moodle has no ordering: students match places with items, and each gives part of the points: `q`",
    ] == [notice.message for notice in result.notices]


def test_numbers_are_written_in_full() -> None:
    content = made("moodle-xml", SAMPLES["tiny"]).decode()

    assert "<text>0.00001</text>" in content
    assert "<tolerance>0.0000001</tolerance>" in content


@pytest.mark.parametrize("text", ["33.33", "8.33333", "6.66667", "42"])
def test_the_model_of_moodle_skips_other_fractions(text: str) -> None:
    with pytest.raises(moodle_questions.RejectedError):
        moodle_questions.fraction(text)


def test_the_model_of_gift_cuts_at_an_unescaped_brace() -> None:
    """Moodle then imports another question without a word; so every brace of ours is escaped."""
    wrong = b"::q::[html]$x^{2}$ {=1 ~2}\n"

    with pytest.raises(moodle_questions.RejectedError):
        moodle_questions.read_gift(wrong)


@pytest.mark.parametrize(
    ("text", "made_of_it"),
    [
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
        ("`a < b`", "<p><code>a &lt; b</code></p>"),
        ("``a ` b``", "<p><code>a ` b</code></p>"),
        ("$x_1 * y_1$ and $z$", r"<p>\(x_1 * y_1\) and \(z\)</p>"),
        ("it costs 5$ or 6$", "<p>it costs 5$ or 6$</p>"),
        ("$$\\frac{a}{b}$$", r"<p>\[\frac{a}{b}\]</p>"),
        ("**bold** and *em* and _em_ and a_b_c", "<p><strong>bold</strong> and <em>em</em> and <em>em</em> and a_b_c</p>"),
        (r"\*not\* \$5", "<p>*not* $5</p>"),
        ("one\n\ntwo\nlines", "<p>one</p><p>two\nlines</p>"),
        ("&lt;tag&gt; &copy;", "<p>&lt;tag&gt; &copy;</p>"),
        ("look:\n\n```python\nx = a < b  # *no*\n```\n\nso?", "<p>look:</p><pre><code>x = a &lt; b  # *no*</code></pre><p>so?</p>"),
    ],
)  # fmt: skip
def test_markdown_becomes_html(text: str, made_of_it: str) -> None:
    assert made_of_it == block(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("see [this](http://x)", "a link"),
        ("<b>x</b>", "HTML"),
        ("# x", "a heading"),
        ("- a\n- b", "a list"),
        ("1. a", "a list"),
        ("| a | b |\n|---|---|", "a table"),
        ("> x", "a quotation"),
    ],
)
def test_markdown_that_would_look_different_is_refused(text: str, name: str) -> None:
    with pytest.raises(UnsupportedError, match=f"it holds {name}, which would not look the same there"):
        block(text)
    assert "<code>" in block(f"``{text}``" if "\n" not in text else f"```\n{text}\n```")


def test_a_line_and_a_plain_text_take_no_more_than_they_show() -> None:
    assert ("<code>x</code>", "a < b") == (line("`x`"), plain("a &lt; b", "it"))
    with pytest.raises(UnsupportedError, match="several paragraphs"):
        line("a\n\nb")
    with pytest.raises(UnsupportedError, match="it is shown without formatting, and `\\*a\\*` has some"):
        plain("*a*", "it")


def test_bounds_are_those_that_were_written() -> None:
    """In floats 0.3 - 0.1 is 0.19999999999999998, and an answer of 0.2 would be wrong."""
    [asked] = canvas_quizzes.read(made("canvas-qti", question(type="numeric", answer=0.3, tolerance=0.1)))

    assert (Decimal("0.2"), Decimal("0.4")) == asked.answers


if __name__ == "__main__":
    course = read_course(Path(__file__).parent / "courses" / "tiny")
    GOLDEN.mkdir(exist_ok=True)
    for name, format_ in FORMATS.items():
        sections = [Section(lesson.id, lesson.title, lesson.questions) for lesson in course.lessons]
        content = quizzes.make(name, course.id, sections, leave_out=True).files[0].content
        (GOLDEN / format_.name).write_bytes(content)
