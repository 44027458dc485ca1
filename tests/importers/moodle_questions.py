"""What Moodle's question bank does with an imported file: its XML and its GIFT, step by step as its importers do."""

from __future__ import annotations

import re
from decimal import Decimal
from xml.etree import ElementTree

from tests.importers.asked import Asked, RejectedError

_LEGAL = "100 90 83.33333 80 75 70 66.66667 60 50 40 33.33333 30 25 20 16.66667 14.28571 12.5 11.11111 10 5 0"
LEGAL = {Decimal(text) for text in _LEGAL.split()}


def fraction(text: str) -> Decimal:
    """In percent; with `match grades = error` a question with any other fraction is skipped."""
    value = Decimal(text)
    if not any(abs(abs(value) - legal) <= Decimal("0.001") for legal in LEGAL):
        raise RejectedError(f"{text} is no fraction")
    return value


def read_xml(content: bytes) -> list[Asked]:
    """The questions in a Moodle XML file, in their categories."""
    try:
        root = ElementTree.fromstring(content)  # noqa: S314 - our own files
    except ElementTree.ParseError as error:
        raise RejectedError(str(error)) from error
    category, found = "", []
    numbers: set[tuple[str, str]] = set()
    for question in root.iter("question"):
        if question.get("type") == "category":
            category = question.findtext("category/text", "").strip()
            continue
        asked = _xml_question(question, category)
        number = (category, question.findtext("idnumber", ""))
        if number in numbers:
            raise RejectedError(f"the id number {number} is there twice")
        numbers.add(number)
        found.append(asked)
    return found


def _text(element: ElementTree.Element | None, path: str = "text") -> str:
    return "" if element is None else element.findtext(path, "").strip()


def _xml_question(question: ElementTree.Element, category: str) -> Asked:
    kind = question.get("type", "")
    head = (category, _text(question.find("name")))
    text, points = _text(question.find("questiontext")), Decimal(question.findtext("defaultgrade", "1"))
    answers = [
        (fraction(a.get("fraction", "0")), _text(a), _text(a.find("feedback")), a.findtext("tolerance", ""))
        for a in question.findall("answer")
    ]
    right, wrong = _text(question.find("correctfeedback")), _text(question.find("incorrectfeedback"))
    if wrong != _text(question.find("partiallycorrectfeedback")):
        raise AssertionError("what is not all right is wrong")
    if kind == "truefalse":
        truth = next(text for share, text, _, _ in answers if share == 100) == "true"
        right, wrong = (next(f for share, _, f, _ in answers if share == goal) for goal in (100, 0))
        return Asked(*head, "true-false", text, points, right, wrong, (truth,))
    if kind == "multichoice":
        single = question.findtext("single", "true") != "false"
        if question.findtext("shuffleanswers") != "false":
            raise AssertionError("the author's order is the order")
        return Asked(
            *head, *_choice(answers, single=single, text=text, points=points), right, wrong, _options(answers)
        )
    if kind in ("numerical", "shortanswer"):
        full = [(text, feedback, tolerance) for share, text, feedback, tolerance in answers if share == 100]
        rest = [(text, feedback) for share, text, feedback, _ in answers if share != 100]
        if any(text != "*" for text, _ in rest) or question.findtext("usecase", "0") != "0":
            raise AssertionError("only `*` earns nothing")
        return Asked(
            *head,
            *_written(kind, full, text, points),
            full[0][1],
            rest[0][1] if rest else "",
            _accepted(kind, full),
        )
    if kind == "matching":
        pairs = tuple((_text(s), _text(s.find("answer"))) for s in question.findall("subquestion"))
        return Asked(*head, "pairs", text, points, right, wrong, pairs)
    raise RejectedError(f"unknown type {kind}")


def _choice(
    answers: list[tuple[Decimal, str, str, str]], *, single: bool, text: str, points: Decimal
) -> tuple[str, str, Decimal]:
    """Moodle scores the sum of the fractions, not below 0; all that is right must be full marks, more or less never."""
    shares = [share for share, *_ in answers]
    total = sum(share for share in shares if share > 0)
    if abs(total - 100) > Decimal("0.001"):
        raise RejectedError(f"the right options are worth {total} percent")
    if not single:
        ticked_all = sum(shares)
        if any(share < 0 for share in shares) and ticked_all >= 100:
            raise AssertionError("ticking everything must not be full marks")
    return "single" if single else "several", text, points


def _options(answers: list[tuple[Decimal, str, str, str]]) -> tuple[tuple[str, bool, str], ...]:
    return tuple((text, share > 0, feedback) for share, text, feedback, _ in answers)


def _written(
    kind: str, full: list[tuple[str, str, str]], text: str, points: Decimal
) -> tuple[str, str, Decimal]:
    if len({feedback for _, feedback, _ in full}) != 1:
        raise AssertionError("one comment for all that is right")
    return "numeric" if kind == "numerical" else "short", text, points


def _accepted(kind: str, full: list[tuple[str, str, str]]) -> tuple[object, ...]:
    if kind == "numerical":
        [(value, _, tolerance)] = full
        return Decimal(value) - Decimal(tolerance), Decimal(value) + Decimal(tolerance)
    return tuple(_without_wildcards(text) for text, _, _ in full)


def _without_wildcards(pattern: str) -> str:
    """The one text that a pattern of a short answer fits; a bare `*` would fit more."""
    if re.search(r"(?<!\\)\*", pattern):
        raise AssertionError(f"{pattern!r} has a wildcard")
    return pattern.replace(r"\*", "*")


_MARKS = {
    r"\:": "&&058;",
    r"\#": "&&035;",
    r"\=": "&&061;",
    r"\{": "&&123;",
    r"\}": "&&125;",
    r"\~": "&&126;",
    r"\n": "&&010;",
}
_PLAIN = {mark: "\n" if escaped == r"\n" else escaped[1] for escaped, mark in _MARKS.items()}
_WEIGHT = re.compile(r"%(-*[0-9]{1,2}\.?[0-9]*)%")


def read_gift(content: bytes) -> list[Asked]:
    """The questions in a GIFT file; every question is worth one point."""
    category, found = "", []
    text = content.decode("utf-8")
    if text.startswith("\ufeff"):
        raise RejectedError("gift-pegjs fails at a byte order mark")
    for paragraph in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n")):
        lines = ["" if line.strip().startswith("//") else line for line in paragraph.split("\n")]
        body = "\n".join(lines).strip()
        if body.startswith("$CATEGORY:"):
            category = body.removeprefix("$CATEGORY:").strip()
        elif body:
            found.append(_gift_question(_before(body), category))
    return found


def _before(text: str) -> str:
    """Escaped characters become marks before anything is cut."""
    text = text.replace("\\\\", "&&092;")
    for escaped, mark in _MARKS.items():
        text = text.replace(escaped, mark)
    return text.replace("&&092;", "\\")


def _after(text: str) -> str:
    text = text.strip()
    if form := re.match(r"\[(html|plain|markdown|moodle)\]", text):
        text = text[form.end() :]
    for mark, char in _PLAIN.items():
        text = text.replace(mark, char)
    return text.strip()


def _gift_question(text: str, category: str) -> Asked:
    name, _, text = text.removeprefix("::").partition("::")
    start, end = text.find("{"), text.find("}")
    if start < 0 or end < start or text[end + 1 :].strip():
        raise RejectedError("braces")
    answer, question = text[start + 1 : end].strip(), _after(text[:start])
    if not text.strip().startswith("[html]") or "####" in answer:
        raise AssertionError("texts are HTML, and there is no general feedback")
    kind, right, wrong, answers = _gift_answer(answer)
    return Asked(category, _after(name), kind, question, Decimal(1), right, wrong, answers)


def _gift_answer(answer: str) -> tuple[str, str, str, tuple[object, ...]]:
    if answer.startswith("#"):
        full, _, otherwise = answer[1:].partition("~")
        [(_, value, right)] = [_weighed(part) for part in full.split("=") if part.strip()]
        number, tolerance = value.split(":")
        bounds = (Decimal(number) - Decimal(tolerance), Decimal(number) + Decimal(tolerance))
        return "numeric", right, _comment(otherwise)[1], bounds
    if "~" in answer:
        single = "=" in answer
        options = [
            _weighed(part, default="0") for part in answer.replace("=", "~=").split("~") if part.strip()
        ]
        shares = [Decimal(share) for share, _, _ in options]
        if abs(sum(share for share in shares if share > 0) - 100) > Decimal("0.001"):
            raise RejectedError(f"fractions {shares}")
        found = tuple((text, Decimal(share) > 0, comment) for share, text, comment in options)
        return "single" if single else "several", "", "", found
    if "=" in answer and "->" in answer:
        parts = [part.strip() for part in answer.split("=") if part.strip()]
        pairs = tuple((_after(part.partition("->")[0]), _after(part.partition("->")[2])) for part in parts)
        return "pairs", "", "", pairs
    word, *comments = [_after(part) for part in answer.split("#", 2)]
    if word in ("TRUE", "FALSE", "T", "F"):
        wrong, right = [*comments, "", ""][:2]
        return "true-false", right, wrong, (word.startswith("T"),)
    parts = [_weighed(part) for part in answer.split("=") if part.strip()]
    rights = {comment for share, _, comment in parts if Decimal(share) == 100}
    wrongs = [comment for share, text, comment in parts if Decimal(share) == 0 and text == "*"]
    texts = tuple(_without_wildcards(text) for share, text, _ in parts if Decimal(share) == 100)
    if len(rights) != 1 or len(texts) + len(wrongs) != len(parts):
        raise AssertionError("only `*` earns nothing, and one comment for all that is right")
    return "short", rights.pop(), wrongs[0] if wrongs else "", texts


def _weighed(part: str, default: str = "100") -> tuple[str, str, str]:
    """The weight, the text and the comment of one answer."""
    part = part.strip()
    if part.startswith("="):
        return "100", *_comment(part[1:])
    if weight := _WEIGHT.match(part):
        fraction(weight[1])
        return weight[1], *_comment(part[weight.end() :])
    return default, *_comment(part)


def _comment(part: str) -> tuple[str, str]:
    text, _, comment = part.partition("#")
    return _after(text), _after(comment)
