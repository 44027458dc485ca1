"""What students hand in is opened in the browsers of instructors and of the students themselves: nothing of it may act."""

from __future__ import annotations

import base64
import subprocess
import sys
from html.parser import HTMLParser

import pytest

from autograder import harmless

PNG = base64.b64encode(b"\x89PNG").decode()

ATTACKS = [
    "<script>alert(1)</script>",
    "\\<script>alert(1)</script>",
    "\\\\<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<SVG><animate onbegin=alert(1)>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<?php <b onclick=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x]( javascript:alert(1))",
    "[x](\njavascript:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](java&#115;cript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](&#x6a;avascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:alert(1))",
    "![x](javascript:alert(1))",
    "![x](data:image/svg+xml,<svg/onload=alert(1)>)",
    "<javascript:alert(1)>",
    "[a]\n\n[a]: javascript:alert(1)",
    "> [a]: javascript:alert(1)\n\n[a]",
    "[a]\n\n[a]:\njavascript:alert(1)",
    '[x](http://a" onclick="alert(1))',
    "```html\n<script>alert(1)</script>\n```",
    "$<img src=x onerror=alert(1)>$",
    "![x](http://example.org/pixel.png)",
    "![x][p]\n\n[p]: http://example.org/pixel.png",
    "!\\[x](http://example.org/pixel.png)",
    "[![x](http://example.org/pixel.png)](http://example.org)",
    "<iframe src=http://example.org>",
    "<base href=http://example.org>",
    "<style>@import 'http://example.org'</style>",
    "# <b onmouseover=alert(1)>x",
    "| a |\n|---|\n| <script>alert(1)</script> |",
    '[x](attachment:a.png" onerror="alert(1))',
]

RENDER = """
import json, sys
from nbconvert.filters.markdown_mistune import markdown2html_mistune
print(json.dumps([markdown2html_mistune(text) for text in json.load(sys.stdin)]))
"""

TAGS = {
    "p",
    "a",
    "em",
    "strong",
    "code",
    "pre",
    "blockquote",
    "h1",
    "table",
    "thead",
    "tbody",
    "tr",
    "td",
    "th",
    "span",
    "div",
    "img",
}


class _Active(HTMLParser):
    """Collects whatever in a page could act, or could be fetched from the network without a click."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.found.append(tag)
        for name, value in attrs:
            address = "".join((value or "").split()).lower()
            if name.startswith("on") or name == "style":
                self.found.append(f"{tag} {name}")
            if name == "href" and not address.startswith(("http", "mailto:", "#")):
                self.found.append(f"{tag} {name}={value}")
            if name == "src" and not address.startswith("data:image/"):
                self.found.append(f"{tag} {name}={value}")


def _active(page: str) -> list[str]:
    parser = _Active()
    parser.feed(page)
    return parser.found


def _rendered(texts: list[str]) -> list[str]:
    """The texts as nbconvert shows them, which is what formgrader and the feedback use."""
    import json

    done = subprocess.run(
        [sys.executable, "-c", RENDER], input=json.dumps(texts), capture_output=True, text=True, check=True
    )
    pages: list[str] = json.loads(done.stdout)
    return pages


def test_markdown_of_students_cannot_act() -> None:
    """Scripts, handlers, links that run, pictures that tell who looks: none survives nbconvert's own rendering."""
    pages = _rendered([harmless.markdown(attack) for attack in ATTACKS])

    assert {attack: _active(page) for attack, page in zip(ATTACKS, pages, strict=True) if _active(page)} == {}


def test_the_attacks_would_work_without_us() -> None:
    """A list of attacks that nbconvert stops by itself would prove nothing."""
    pages = _rendered(ATTACKS)
    assert sum(bool(_active(page)) for page in pages) >= 15


def test_markdown_that_is_meant_well_reads_the_same() -> None:
    """Comparisons, code, formulas, emphasis and plain links are what answers are made of."""
    for text in (
        "if a < b and 3 <4 then *x* is **small**",
        "a formula $w - \\eta g$ and `w -= 0.1 * g`",
        "see [the lesson](https://example.org/a?b=c#d) and write to [me](mailto:a@example.org)",
        "![a plot](attachment:plot.png)",
        "1. first\n2. second\n\n> said",
        "&lt;b&gt; and R&D",
    ):
        assert harmless.markdown(text) == text


HTML_ATTACKS = [
    "<script>alert(1)</script>",
    "<b onclick=alert(1)>x</b>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='data:text/html,x'>x</a>",
    "<a href='evil.html'>x</a>",
    "<a href=' data:text/html,x'>x</a>",
    "<img src='http://example.org/pixel.png'>",
    "<img src='data:text/html,x'>",
    "<svg onload=alert(1)></svg>",
    "<math><mtext><img src=x onerror=alert(1)></mtext></math>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<form action='http://example.org'><input></form>",
    "<style>*{background:url(http://example.org)}</style>",
    "<p style='background:url(http://example.org)'>x</p>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "$\\href{javascript:alert(1)}{x}$",
]


@pytest.mark.parametrize("attack", HTML_ATTACKS)
def test_html_outputs_cannot_act(attack: str) -> None:
    """Tables stay, everything that acts goes."""
    cleaned = harmless.html(f"<table><tr><td>1</td></tr></table>{attack}")

    assert cleaned.startswith("<table><tbody><tr><td>1</td></tr></tbody></table>")
    assert [found for found in _active(cleaned) if found != "b"] == []
    assert "\\href" not in cleaned


def test_outputs_that_can_be_shown_stay_and_others_go() -> None:
    """Text, pictures and tables stay; scripts, widgets and unknown things go; an SVG becomes an image."""
    found = harmless.outputs(
        [
            {"output_type": "stream", "name": "stderr", "text": ["warn", "ing\n"]},
            {"output_type": "display_data", "data": {"application/javascript": "alert(1)"}},
            {
                "output_type": "display_data",
                "data": {"application/vnd.jupyter.widget-view+json": {}, "text/plain": "w"},
            },
            {"output_type": "display_data", "data": {"image/png": PNG, "text/plain": "<Figure>"}},
            {"output_type": "display_data", "data": {"image/png": "no base64!"}},
            {"output_type": "display_data", "data": {"image/svg+xml": "<svg onload='alert(1)'/>"}},
            {"output_type": "execute_result", "data": {"text/latex": "$x$"}, "execution_count": 7},
            {"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["a", 3, "b"]},
            {"output_type": "update_display_data", "data": {}},
            "nonsense",
            {},
        ],
        harmless.Budget(),
    )

    svg = base64.b64encode(b"<svg onload='alert(1)'/>").decode()
    assert found == [
        {"output_type": "stream", "name": "stderr", "text": "warning\n"},
        {"output_type": "display_data", "data": {"text/plain": "w"}, "metadata": {}},
        {"output_type": "display_data", "data": {"image/png": PNG, "text/plain": "<Figure>"}, "metadata": {}},
        {
            "output_type": "display_data",
            "data": {
                "text/html": f'<img src="data:image/svg+xml;base64,{svg}" alt="picture from the submitted notebook">'
            },
            "metadata": {},
        },
        {
            "output_type": "execute_result",
            "data": {"text/plain": "$x$"},
            "metadata": {},
            "execution_count": None,
        },
        {"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["a", "", "b"]},
    ]


def test_a_flood_of_output_is_cut() -> None:
    """50 MB of output must neither fill the disk nor the browser; the cut is said."""
    flood = [{"output_type": "stream", "name": "stdout", "text": "x\n" * 25_000_000}] * 3
    (shown,) = harmless.outputs(flood, harmless.Budget())
    assert shown["text"].count("\n") == harmless.MAX_LINES
    assert shown["text"].endswith("\n... the rest was left out ...")

    pictures = [{"output_type": "display_data", "data": {"image/png": "AAAA" * 2000}}] * 5
    assert len(harmless.outputs(pictures, harmless.Budget(20_000))) == 2


def test_text_holds_nothing_that_breaks_an_encoder_or_a_terminal() -> None:
    """A lone surrogate is legal in JSON; a bell or a NUL is no text."""
    assert harmless.text("a\ud800b\x00c\x07d\x1b[31me") == "a\ufffdb\ufffdc\ufffdd\x1b[31me"
    assert harmless.text(None) == ""
    assert harmless.text(["a", 1, "b"]) == "ab"


def test_attached_pictures_stay_if_they_are_pictures() -> None:
    """Students paste photographs of their notes into answers."""
    found = harmless.attachments(
        {
            "a.png": {"image/png": PNG},
            "b.svg": {"image/svg+xml": "<svg/>"},
            "c": "x",
            "d.png": {"text/html": "<b>"},
        },
        harmless.Budget(),
    )
    assert found == {"a.png": {"image/png": PNG}}
