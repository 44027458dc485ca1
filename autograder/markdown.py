"""Takes an author's Markdown apart into the cells of a notebook: text, runnable code, pictures, hints.

Fenced code is never mistaken for a heading or a picture. Pictures become part of the text, so that a notebook is one file.
"""

from __future__ import annotations

import base64
import html
import mimetypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

RUN = ("python", "run")
"""The info string of a fenced block that becomes a code cell."""

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})\s*(.*?)\s*$")
_PICTURE = re.compile(r"!\[([^\]]*)\]\(\s*<?([^)\s>]+)>?(?:\s+\"([^\"]*)\")?\s*\)")
_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*$")


@dataclass(frozen=True)
class Block:
    """One cell's worth of a text."""

    kind: Literal["markdown", "code"]
    source: str


@dataclass(frozen=True)
class _Line:
    text: str
    fence: Literal["", "open", "inside", "close"]
    info: str


def split(text: str) -> list[Block]:
    """The blocks of *text*: a new one at each `## ` heading, and one of code for each fenced block of `python run`."""
    blocks: list[Block] = []
    lines: list[str] = []

    def finish(kind: Literal["markdown", "code"]) -> None:
        source = "\n".join(lines).strip("\n").rstrip()
        if source.strip():
            blocks.append(Block(kind, source))
        lines.clear()

    for line in _lines(text):
        runs = tuple(line.info.split()) == RUN
        if runs and line.fence == "open":
            finish("markdown")
        elif runs and line.fence == "close":
            finish("code")
        else:
            if not line.fence and line.text.startswith("## "):
                finish("markdown")
            lines.append(line.text)
    finish("markdown")
    return blocks


def with_pictures(text: str, folder: Path) -> str:
    """*text* with each picture that lies in *folder* written into it; addresses on the network are left alone."""
    return "\n".join(
        line.text if line.fence else _PICTURE.sub(lambda found: _picture(found, folder), line.text)
        for line in _lines(text)
    )


def sections(text: str) -> list[tuple[str, str]]:
    """(heading, text) of each `## ` section; what stands before the first has the heading ""."""
    found: list[tuple[str, str]] = []
    for block in split(text):
        first, _, rest = block.source.partition("\n")
        heading = _HEADING.match(first)
        found.append((heading[2], rest.strip()) if heading else ("", block.source))
    return found


def below_heading(text: str, line: str) -> str:
    """*text* with *line* put right below its heading, or above everything if it does not begin with one."""
    first, _, rest = text.strip().partition("\n")
    if _HEADING.match(first):
        return f"{first}\n\n{line}\n\n{rest.strip()}".strip()
    return f"{line}\n\n{text.strip()}"


def _lines(text: str) -> Iterator[_Line]:
    """The lines of *text*, each with its place relative to the fenced code around it."""
    fence, info = "", ""
    for line in text.splitlines():
        found = _FENCE.match(line)
        if not fence and found and not (found[1][0] == "`" and "`" in found[2]):
            fence, info = found[1], found[2]
            yield _Line(line, "open", info)
        elif fence and found and found[1].startswith(fence) and not found[2]:
            yield _Line(line, "close", info)
            fence, info = "", ""
        else:
            yield _Line(line, "inside" if fence else "", info)


def _picture(found: re.Match[str], folder: Path) -> str:
    """An `<img>` that holds the picture: Jupyter shows no SVG attachments, and nbconvert no SVG data in Markdown's own form."""
    alternative, target, title = found.groups()
    path = folder / target
    if "://" in target or target.startswith(("data:", "attachment:", "/")) or not path.is_file():
        return found[0]
    if not path.resolve().is_relative_to(folder.resolve()):
        return found[0]
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    data = base64.b64encode(path.read_bytes()).decode("ascii")
    shown = f' title="{html.escape(title)}"' if title else ""
    return f'<img src="data:{kind};base64,{data}" alt="{html.escape(alternative)}"{shown}>'
