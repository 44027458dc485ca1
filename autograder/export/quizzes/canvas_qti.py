"""Canvas: a zip of QTI 1.2 with Canvas's own metadata, a quiz for each lesson.

Both of Canvas's readers go by `question_type`; scores are percentages of the points. Everything that could differ from one
day to the next (times, order, ids) is fixed, so the same course gives the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

from autograder.export.quizzes import richtext
from autograder.export.quizzes.sections import Rendered, Section, decimal, identifier, number, pairs, shown
from autograder.quiz import (
    Matching,
    Numeric,
    Ordering,
    Question,
    SeveralChoices,
    ShortAnswer,
    SingleChoice,
    TrueFalse,
)

_TYPES: dict[type, str] = {
    TrueFalse: "true_false_question",
    SingleChoice: "multiple_choice_question",
    SeveralChoices: "multiple_answers_question",
    Numeric: "numerical_question",
    ShortAnswer: "short_answer_question",
    Matching: "matching_question",
    Ordering: "matching_question",
}
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_EPOCH = (1980, 1, 1, 0, 0, 0)
_CANVAS = "http://canvas.instructure.com/xsd/cccv1p0"
_SCORE = '<outcomes><decvar maxvalue="100" minvalue="0" varname="SCORE" vartype="Decimal"/></outcomes>'
_FULL = '<setvar action="Set" varname="SCORE">100</setvar>'


def render(section: Section, question: Question) -> str:
    """The `<item>` of one question; raises UnsupportedError with the reason."""
    own = identifier("item", section.id, question.id)
    lines = [
        f"<item ident={quoteattr(own)} title={quoteattr(question.id)}>",
        f"<itemmetadata><qtimetadata>{_field('question_type', _TYPES[type(question)])}"
        f"{_field('points_possible', str(question.points))}"
        f"{_field('assessment_question_identifierref', identifier('bank', section.id, question.id))}"
        "</qtimetadata></itemmetadata>",
        f"<presentation>{_html(richtext.block(question.question))}",
        *_responses(question, own),
        "</presentation>",
        f"<resprocessing>{_SCORE}",
        *_conditions(question, own),
        "</resprocessing>",
        *_feedback(question, own),
        "</item>",
    ]
    return "\n".join(lines) + "\n"


def assemble(course_id: str, rendered: Sequence[Rendered]) -> bytes:
    """The package: manifest, and for each lesson the questions and Canvas's settings."""
    files: dict[str, str] = {}
    resources = []
    for section, questions in rendered:
        own, meta = identifier("quiz", course_id, section.id), identifier("meta", course_id, section.id)
        files[f"{own}/{own}.xml"] = _assessment(own, section, [text for _, text in questions])
        files[f"{own}/assessment_meta.xml"] = _settings(own, section, [question for question, _ in questions])
        resources.append(
            f'<resource identifier="{own}" type="imsqti_xmlv1p2"><file href="{own}/{own}.xml"/>'
            f'<dependency identifierref="{meta}"/></resource>\n'
            f'<resource identifier="{meta}" type="associatedcontent/imscc_xmlv1p1/learning-application-resource" '
            f'href="{own}/assessment_meta.xml"><file href="{own}/assessment_meta.xml"/></resource>\n'
        )
    files["imsmanifest.xml"] = (
        f'{_HEAD}<manifest identifier="{identifier("manifest", course_id)}" '
        'xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1">\n'
        "<metadata><schema>IMS Content</schema><schemaversion>1.1.3</schemaversion></metadata>\n"
        f"<organizations/>\n<resources>\n{''.join(resources)}</resources>\n</manifest>\n"
    )
    return _zipped(files)


def _zipped(files: dict[str, str]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.external_attr = 0o644 << 16
            info.create_system = 3
            # stored, not compressed: another zlib would give other bytes
            archive.writestr(info, files[name].encode(), zipfile.ZIP_STORED)
    return content.getvalue()


def _assessment(own: str, section: Section, items: Sequence[str]) -> str:
    return (
        f'{_HEAD}<questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2">\n'
        f"<assessment ident={quoteattr(own)} title={quoteattr(section.title)}>\n"
        f"<qtimetadata>{_field('cc_maxattempts', '1')}</qtimetadata>\n"
        f'<section ident="root_section">\n{"".join(items)}</section>\n</assessment>\n</questestinterop>\n'
    )


def _settings(own: str, section: Section, questions: Sequence[Question]) -> str:
    return (
        f'{_HEAD}<quiz identifier={quoteattr(own)} xmlns="{_CANVAS}">\n'
        f"<title>{escape(section.title)}</title>\n<description></description>\n"
        "<shuffle_answers>false</shuffle_answers>\n<scoring_policy>keep_latest</scoring_policy>\n"
        "<quiz_type>assignment</quiz_type>\n"
        f"<points_possible>{sum(question.points for question in questions)}</points_possible>\n"
        "<allowed_attempts>1</allowed_attempts>\n</quiz>\n"
    )


def _responses(question: Question, own: str) -> Iterator[str]:
    match question:
        case TrueFalse():
            labels = [(_answer(own, name), _text(name)) for name in ("True", "False")]
            yield _lid("response1", labels, "Single")
        case SingleChoice() | SeveralChoices():
            labels = [
                (_answer(own, letter), _html(richtext.line(option.text)))
                for letter, option in zip(question.letters, question.options, strict=True)
            ]
            yield _lid("response1", labels, "Single" if isinstance(question, SingleChoice) else "Multiple")
        case Numeric():
            yield _fib(' fibtype="Decimal"')
        case ShortAnswer():
            yield _fib("")
        case Matching() | Ordering():
            choices = [
                (_answer(own, f"right {place}"), _text(richtext.plain(item, "a thing to choose")))
                for place, item in enumerate(shown(question))
            ]
            for place, (left, _) in enumerate(pairs(question)):
                text = _html(richtext.line(left)) if isinstance(question, Matching) else _text(left)
                yield _lid(_left(own, place), choices, "", text)


def _conditions(question: Question, own: str) -> Iterator[str]:
    """Comments on single answers first, since scoring ends at the first condition that says so; the comment on all others last."""
    right = _shows("correct_fb") if question.feedback.right.strip() else ""
    if isinstance(question, SingleChoice | SeveralChoices):
        for letter, option in zip(question.letters, question.options, strict=True):
            if option.feedback.strip():
                answer = _answer(own, letter)
                yield _condition(_equal(answer), _shows(f"{answer}_fb"), goes_on=True)
    if isinstance(question, Matching | Ordering):
        yield from _pair_conditions(question, own)
    else:
        yield _condition(_right(question, own), _FULL + right)
    if question.feedback.wrong.strip():
        yield _condition("<other/>", _shows("general_incorrect_fb"), goes_on=True)


def _right(question: Question, own: str) -> str:
    """The condition under which an answer earns all."""
    match question:
        case TrueFalse():
            return _equal(_answer(own, str(question.answer)))
        case SingleChoice():
            return _equal(_answer(own, question.right_letters[0]))
        case SeveralChoices():
            each = [
                _equal(_answer(own, letter)) if option.right else f"<not>{_equal(_answer(own, letter))}</not>"
                for letter, option in zip(question.letters, question.options, strict=True)
            ]
            return f"<and>{''.join(each)}</and>"
        case Numeric():
            exact, margin = decimal(question.answer), decimal(question.tolerance)
            low, high = number(exact - margin), number(exact + margin)
            # always `vargte`: from `vargt` Canvas guesses a question about significant digits
            between = f'<and><vargte respident="response1">{low}</vargte><varlte respident="response1">{high}</varlte></and>'
            return f"<or>{_equal(number(exact))}{between}</or>"
        case ShortAnswer():
            return "".join(_equal(richtext.plain(text, "an answer")) for text in question.answers)
        case Matching() | Ordering():
            raise AssertionError("these have a condition for each pair")


def _pair_conditions(question: Matching | Ordering, own: str) -> Iterator[str]:
    part = f"{Decimal(100) / len(pairs(question)):.2f}"
    for place, (_, right) in enumerate(pairs(question)):
        answer = _answer(own, f"right {shown(question).index(right)}")
        score = f'<setvar action="Add" varname="SCORE">{part}</setvar>'
        yield _condition(_equal(answer, _left(own, place)), score, goes_on=None)


def _feedback(question: Question, own: str) -> Iterator[str]:
    comments = {"correct_fb": question.feedback.right, "general_incorrect_fb": question.feedback.wrong}
    if isinstance(question, SingleChoice | SeveralChoices):
        for letter, option in zip(question.letters, question.options, strict=True):
            comments[f"{_answer(own, letter)}_fb"] = option.feedback
    for name, text in comments.items():
        if text.strip():
            content = _html(richtext.block(text))
            yield f'<itemfeedback ident="{name}"><flow_mat>{content}</flow_mat></itemfeedback>'


def _answer(own: str, name: str) -> str:
    return identifier("answer", own, name)


def _left(own: str, place: int) -> str:
    return f"response_{identifier('left', own, str(place))}"


def _field(label: str, entry: str) -> str:
    return f"<qtimetadatafield><fieldlabel>{label}</fieldlabel><fieldentry>{escape(entry)}</fieldentry></qtimetadatafield>"


def _html(content: str) -> str:
    return f'<material><mattext texttype="text/html">{escape(content)}</mattext></material>'


def _text(content: str) -> str:
    return f'<material><mattext texttype="text/plain">{escape(content)}</mattext></material>'


def _lid(ident: str, labels: Sequence[tuple[str, str]], cardinality: str, material: str = "") -> str:
    kind = f' rcardinality="{cardinality}"' if cardinality else ""
    inner = "".join(f'<response_label ident="{name}">{content}</response_label>' for name, content in labels)
    return (
        f'<response_lid ident="{ident}"{kind}>{material}<render_choice>{inner}</render_choice></response_lid>'
    )


def _fib(kind: str) -> str:
    label = '<response_label ident="answer1"/>'
    return f'<response_str ident="response1" rcardinality="Single"><render_fib{kind}>{label}</render_fib></response_str>'


def _equal(value: str, response: str = "response1") -> str:
    return f'<varequal respident="{response}">{escape(value)}</varequal>'


def _shows(name: str) -> str:
    return f'<displayfeedback feedbacktype="Response" linkrefid="{name}"/>'


def _condition(condition: str, then: str, *, goes_on: bool | None = False) -> str:
    attribute = "" if goes_on is None else f' continue="{"Yes" if goes_on else "No"}"'
    return f"<respcondition{attribute}><conditionvar>{condition}</conditionvar>{then}</respcondition>"
