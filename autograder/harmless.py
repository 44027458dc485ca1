"""Makes what a student's notebook shows harmless: formgrader and the feedback open it inside other people's browsers.

Text stays text, pictures stay pictures. HTML goes through nh3; an SVG is shown as an image, in which no script runs; JavaScript,
widgets and everything unknown is dropped. Whatever is shown is capped, so that a flood of output cannot fill disk or screen.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import nh3

MAX_LINES = 900
"""Lines of what one cell printed; below the 1,000 at which nbgrader's own LimitOutput would cut."""

MAX_TEXT = 100_000
MAX_PICTURE = 4 * 2**20
MAX_NOTEBOOK = 16 * 2**20
"""Bytes of all outputs of one notebook together."""

PICTURES = ("image/png", "image/jpeg", "image/gif")

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f\ud800-\udfff]")
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_TEX = re.compile(
    r"\\(?=(?:href|url|require|unicode|style|class|cssId|html[A-Za-z]*|mmlToken|data|def|newcommand|let)\b)"
)
_ALLOWED = r"(?:https?://|mailto:|#|attachment:|data:image/(?:png|jpeg|gif);base64,)"
_LINK = re.compile(rf"\](?=\()(?!\({_ALLOWED})\(")
_DEFINITION = re.compile(rf"\]:(?!\s*{_ALLOWED})")
_FAR_PICTURE = re.compile(r"!(?=\[)(?!\[[^\]]*\]\((?:attachment:|data:image/(?:png|jpeg|gif);))")
_IMAGE_DATA = re.compile(r"data:image/(?:png|jpeg|gif|svg\+xml);base64,[A-Za-z0-9+/=\s]*")


@dataclass
class Budget:
    """How many bytes of output may still be shown in this notebook."""

    left: int = MAX_NOTEBOOK

    def takes(self, size: int) -> bool:
        """Whether *size* more still fit; if so, they are taken."""
        if size > self.left:
            return False
        self.left -= size
        return True


def text(value: Any, max_lines: int = MAX_LINES) -> str:
    """*value* as text of bearable length, without control characters (colours of the terminal may stay)."""
    joined = "".join(part for part in value if isinstance(part, str)) if isinstance(value, list) else value
    if not isinstance(joined, str):
        return ""
    cut = joined[:MAX_TEXT]
    lines = cut.split("\n")
    if len(lines) > max_lines:
        cut = "\n".join(lines[:max_lines])
    note = "\n... the rest was left out ..." if len(cut) < len(joined) else ""
    return _CONTROL.sub("\ufffd", cut) + note


def markdown(source: str) -> str:
    """*source* without anything that Markdown or its formulas could turn into active content; it reads the same.

    A tag needs a letter right after `<`, so an invisible character there makes it text, also in code and formulas. Links
    stay if they lead to the network by a plain address. Pictures on the network become links: fetching one would tell its
    owner who looks at the notebook, and when.
    """
    plain = _FAR_PICTURE.sub("", _TAG.sub("<\u200b", source))
    plain = _DEFINITION.sub("] :", _LINK.sub("] (", plain))
    return _TEX.sub(r"\\backslash ", plain)


def html(source: str) -> str:
    """*source* with an allow-list of tags and attributes; pictures only from the page itself, never from the network."""
    return nh3.clean(
        _TEX.sub(r"\\backslash ", source),
        attribute_filter=_attribute,
        url_schemes={"http", "https", "mailto", "data"},
    )


def outputs(found: Any, budget: Budget) -> list[dict[str, Any]]:
    """The outputs of a code cell that can be shown."""
    if not isinstance(found, list):
        return []
    shown = []
    lines = MAX_LINES
    for output in found:
        harmless = _output(output, lines) if isinstance(output, dict) else None
        if harmless and budget.takes(len(str(harmless))):
            shown.append(harmless)
            lines -= harmless["text"].count("\n") + 1 if "text" in harmless else 0
    return shown


def attachments(found: Any, budget: Budget) -> dict[str, dict[str, str]]:
    """The pictures that are attached to a Markdown cell."""
    if not isinstance(found, dict):
        return {}
    pictures = {}
    for name, bundle in found.items():
        kept = _pictures(bundle)
        if isinstance(name, str) and kept and budget.takes(sum(map(len, kept.values()))):
            pictures[name[:200]] = kept
    return pictures


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name == "src":
        return value if tag == "img" and _IMAGE_DATA.fullmatch(value) else None
    # a relative address leads to a file that came with the hand-in, and formgrader would serve it as the instructor's own
    if name == "href" and not value.lower().startswith(("http://", "https://", "mailto:", "#")):
        return None
    return value


def _output(output: Mapping[str, Any], lines: int) -> dict[str, Any] | None:
    match output.get("output_type"):
        case "stream" if lines > 0:
            name = "stderr" if output.get("name") == "stderr" else "stdout"
            return {"output_type": "stream", "name": name, "text": text(output.get("text"), lines)}
        case "error":
            return {
                "output_type": "error",
                "ename": text(output.get("ename"))[:200],
                "evalue": text(output.get("evalue"))[:2000],
                "traceback": [text(line) for line in _list(output.get("traceback"))[-100:]],
            }
        case "execute_result" | "display_data" as kind:
            return _bundle(kind, output.get("data"))
    return None


def _bundle(kind: str, data: Any) -> dict[str, Any] | None:
    if not isinstance(data, dict):
        return None
    shown: dict[str, str] = dict(_pictures(data))
    if "image/svg+xml" in data and not shown:
        shown["text/html"] = _as_image(text(data["image/svg+xml"]))
    elif "text/html" in data:
        shown["text/html"] = html(text(data["text/html"]))
    plain = next((data[name] for name in ("text/plain", "text/markdown", "text/latex") if name in data), None)
    if plain is not None:
        shown["text/plain"] = text(plain)
    if not shown:
        return None
    result: dict[str, Any] = {"output_type": kind, "data": shown, "metadata": {}}
    return {**result, "execution_count": None} if kind == "execute_result" else result


def _pictures(data: Any) -> dict[str, str]:
    """Pictures made of dots, if they are what they say they are: base64 of bearable size."""
    kept = {}
    for kind in PICTURES:
        value = data.get(kind) if isinstance(data, dict) else None
        joined = (
            "".join(value) if isinstance(value, list) and all(isinstance(v, str) for v in value) else value
        )
        if isinstance(joined, str) and len(joined) <= MAX_PICTURE and _is_base64(joined):
            kept[kind] = joined
    return kept


def _is_base64(value: str) -> bool:
    try:
        base64.b64decode("".join(value.split()), validate=True)
    except (binascii.Error, ValueError):
        return False
    return True


def _as_image(svg: str) -> str:
    data = base64.b64encode(svg.encode("utf-8")).decode("ascii")
    return f'<img src="data:image/svg+xml;base64,{data}" alt="picture from the submitted notebook">'


def _list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, Iterable) and not isinstance(value, str | Mapping) else []
