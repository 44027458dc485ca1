"""What Canvas's readers make of a QTI 1.2 package: the manifest leads to the quizzes, `question_type` says what an item is."""

from __future__ import annotations

import io
import re
import zipfile
from decimal import Decimal
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from tests.importers.asked import Asked, RejectedError

_PACKAGE = "{http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1}"
_QTI = re.compile(r' xmlns="http://www\.imsglobal\.org/xsd/ims_qtiasiv1p2"')
_KINDS = {
    "true_false_question": "true-false",
    "multiple_choice_question": "single",
    "multiple_answers_question": "several",
    "numerical_question": "numeric",
    "short_answer_question": "short",
    "matching_question": "pairs",
}


def read(content: bytes) -> list[Asked]:
    """The questions of every quiz in the package."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    manifest = ElementTree.fromstring(files["imsmanifest.xml"])  # noqa: S314 - our own files
    resources = {r.get("identifier"): r for r in manifest.iter(f"{_PACKAGE}resource")}
    for resource in resources.values():
        for file in resource.iter(f"{_PACKAGE}file"):
            if file.get("href") not in files:
                raise RejectedError(f"{file.get('href')} is not in the package")
        for needed in resource.iter(f"{_PACKAGE}dependency"):
            if needed.get("identifierref") not in resources:
                raise RejectedError("a dependency leads nowhere")
    found = []
    for resource in resources.values():
        if resource.get("type") == "imsqti_xmlv1p2":
            [file] = resource.iter(f"{_PACKAGE}file")
            found += _quiz(
                files[file.get("href", "")],
                files[file.get("href", "").split("/")[0] + "/assessment_meta.xml"],
            )
    return found


def _quiz(text: str, meta: str) -> list[Asked]:
    [assessment] = ElementTree.fromstring(_QTI.sub("", text)).iter("assessment")  # noqa: S314
    items = list(assessment.iter("item"))
    idents = [
        element.get("ident") for element in assessment.iter() if element.tag in ("item", "response_label")
    ]
    per_item = [item.get("ident") for item in items]
    if len(set(per_item)) != len(per_item) or any(not re.match("[a-z]", ident or "") for ident in idents):
        raise RejectedError("ids are there twice, or begin with a digit")
    settings = ElementTree.fromstring(meta)  # noqa: S314
    [total] = [e.text for e in settings if e.tag.endswith("points_possible")]
    found = [_item(item, assessment.get("title", "")) for item in items]
    if Decimal(total or 0) != sum(asked.points for asked in found):
        raise AssertionError("the points of the quiz are those of its questions")
    return found


def _item(item: Element, section: str) -> Asked:
    fields = {
        f.findtext("fieldlabel", ""): f.findtext("fieldentry", "") for f in item.iter("qtimetadatafield")
    }
    kind = _KINDS[fields["question_type"]]
    presentation = item.find("presentation")
    assert presentation is not None
    comments = {f.get("ident", ""): f.findtext(".//mattext", "") for f in item.iter("itemfeedback")}
    shown = {d.get("linkrefid") for d in item.iter("displayfeedback")}
    if kind != "pairs" and shown != set(comments):
        raise AssertionError(f"comments that nothing leads to: {shown ^ set(comments)}")
    return Asked(
        section,
        item.get("title", ""),
        kind,
        presentation.findtext("material/mattext", ""),
        Decimal(fields["points_possible"]),
        comments.get("correct_fb", ""),
        comments.get("general_incorrect_fb", ""),
        _answers(kind, item, presentation, comments),
    )


def _answers(kind: str, item: Element, presentation: Element, comments: dict[str, str]) -> tuple[object, ...]:
    scoring = [c for c in item.iter("respcondition") if c.find("setvar") is not None]
    if kind == "pairs":
        return tuple(_pairs(presentation, scoring))
    [full] = scoring
    if full.findtext("setvar") != "100":
        raise RejectedError("the score is in percent")
    if kind == "numeric":
        return _bounds(full)
    if kind == "short":
        return tuple(v.text or "" for v in full.iter("varequal"))
    labels = [
        (label.get("ident", ""), label.findtext(".//mattext", ""))
        for label in presentation.iter("response_label")
    ]
    unwanted = {v.text for n in full.iter("not") for v in n.iter("varequal")}
    right = {v.text for v in full.iter("varequal")} - unwanted
    if kind == "several" and right | unwanted != {ident for ident, _ in labels}:
        raise AssertionError("every option is wanted or unwanted")
    if kind == "true-false":
        return (next(text for ident, text in labels if ident in right) == "True",)
    return tuple((text, ident in right, comments.get(f"{ident}_fb", "")) for ident, text in labels)


def _bounds(full: Element) -> tuple[Decimal, Decimal]:
    if full.find(".//vargt") is not None:
        raise AssertionError("Canvas takes `vargt` for a question about significant digits")
    low, high = (Decimal(full.findtext(f".//{name}", "")) for name in ("vargte", "varlte"))
    exact = Decimal(full.findtext(".//varequal", ""))
    if exact - low != high - exact:
        raise AssertionError("the margin is the same on both sides")
    return low, high


def _pairs(presentation: Element, scoring: list[Element]) -> list[tuple[str, str]]:
    total = sum(Decimal(c.findtext("setvar", "")) for c in scoring)
    if abs(total - 100) > Decimal("0.5"):
        raise RejectedError(f"the pairs are worth {total} percent")
    wanted = {v.get("respident"): v.text for c in scoring for v in c.iter("varequal")}
    found = []
    for left in presentation.iter("response_lid"):
        choices = {
            label.get("ident"): label.findtext(".//mattext", "") for label in left.iter("response_label")
        }
        found.append((left.findtext("material/mattext", ""), choices[wanted[left.get("ident")]]))
    return found
