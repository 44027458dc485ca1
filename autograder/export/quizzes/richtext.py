"""The Markdown of a question as HTML: code, emphasis, formulas, paragraphs, fenced code.

Questions are short, so there is no more; what would look different in the LMS than in the notebook (pictures, lists,
tables, headings, HTML of one's own) is refused with its name.
"""

from __future__ import annotations

import html
import re

_FENCE = re.compile(r"^```[^\n`]*\n(.*?)\n?^```[ \t]*$", re.DOTALL | re.MULTILINE)
_INLINE = re.compile(
    r"""
      \\(?P<escaped>[!-/:-@\[-`{-~])
    | (?P<ticks>`+)(?P<code>.+?)(?<!`)(?P=ticks)(?!`)
    | \$\$(?P<display>.+?)\$\$
    | (?<![\w$])\$(?=\S)(?P<math>[^$\n]*?\S)\$(?![\w$])
    | \*\*(?=\S)(?P<strong>.+?)(?<=\S)\*\*
    | (?<!\*)\*(?=[^\s*])(?P<em>[^*]*?[^\s*]|[^\s*])\*(?!\*)
    | (?<!\w)_(?=[^\s_])(?P<under>[^_]*?[^\s_]|[^\s_])_(?!\w)
    | (?P<entity>&(?:\#[0-9]+|\#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);)
    """,
    re.DOTALL | re.VERBOSE,
)
_REFUSED = (
    (re.compile(r"!\[[^\]]*\]\("), "a picture"),
    (re.compile(r"\[[^\]]+\]\([^)]*\)"), "a link"),
    (re.compile(r"</?[A-Za-z][^>]*>|<!--"), "HTML"),
    (re.compile(r"^ {0,3}#{1,6} ", re.MULTILINE), "a heading"),
    (re.compile(r"^ {0,3}(?:[-+*]|\d{1,9}[.)]) \S", re.MULTILINE), "a list"),
    (re.compile(r"^ {0,3}>", re.MULTILINE), "a quotation"),
    (re.compile(r"^[ \t]*\|?[ \t]*:?-+:?[ \t]*\|", re.MULTILINE), "a table"),
)
_CODE = re.compile(r"(`+)(.+?)(?<!`)\1(?!`)", re.DOTALL)


class UnsupportedError(Exception):
    """The format has no way to say this; the text is the reason."""


def block(text: str) -> str:
    """*text* as paragraphs and blocks of code."""
    text = _checked(text)
    parts: list[str] = []
    done = 0
    for fence in _FENCE.finditer(text):
        parts += _paragraphs(text[done : fence.start()])
        parts.append(f"<pre><code>{html.escape(fence[1], quote=False)}</code></pre>")
        done = fence.end()
    return "".join([*parts, *_paragraphs(text[done:])])


def line(text: str) -> str:
    """*text* as HTML without a paragraph around it."""
    text = _checked(text)
    if "\n\n" in text or _FENCE.search(text):
        raise UnsupportedError("it has several paragraphs where only a line is shown")
    return _inline(text)


def plain(text: str, where: str) -> str:
    """*text* for a place that shows no formatting at all."""
    made = line(text)
    if re.search(r"<[a-z]|\\\(|\\\[", made):
        raise UnsupportedError(f"{where} is shown without formatting, and `{text.strip()}` has some")
    return html.unescape(made)


def _checked(text: str) -> str:
    text = text.replace("\r\n", "\n").strip()
    for char in text:
        if (
            (ord(char) < 32 and char not in "\n\t")
            or 0xD800 <= ord(char) <= 0xDFFF
            or char in "\ufffe\uffff\x7f"
        ):
            raise UnsupportedError(f"it holds the control character {char!r}")
    outside = _CODE.sub("", _FENCE.sub("", text))
    for pattern, name in _REFUSED:
        if pattern.search(outside):
            raise UnsupportedError(f"it holds {name}, which would not look the same there")
    return text


def _paragraphs(text: str) -> list[str]:
    return [f"<p>{_inline(part.strip())}</p>" for part in re.split(r"\n[ \t]*\n", text) if part.strip()]


def _inline(text: str) -> str:
    parts: list[str] = []
    done = 0
    for found in _INLINE.finditer(text):
        parts += (html.escape(text[done : found.start()], quote=False), _element(found))
        done = found.end()
    return "".join([*parts, html.escape(text[done:], quote=False)])


def _element(found: re.Match[str]) -> str:
    kind, inside = found.lastgroup or "", found[found.lastgroup or 0]
    if kind == "ticks" or found["code"] is not None:
        code = found["code"].replace("\n", " ")
        code = code[1:-1] if code.startswith(" ") and code.endswith(" ") and code.strip() else code
        return f"<code>{html.escape(code, quote=False)}</code>"
    match kind:
        case "escaped":
            return html.escape(inside, quote=False)
        case "display":
            return rf"\[{html.escape(inside, quote=False)}\]"
        case "math":
            return rf"\({html.escape(inside, quote=False)}\)"
        case "strong":
            return f"<strong>{_inline(inside)}</strong>"
        case "em" | "under":
            return f"<em>{_inline(inside)}</em>"
    return inside
