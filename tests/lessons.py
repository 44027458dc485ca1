"""The six lessons as tests see them: the text, the code that draws its figures and computes its numbers, what it says."""

from __future__ import annotations

import functools
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "course"), str(ROOT / "course" / "figures")]

import draw  # noqa: E402

CODE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]*)\)")


@dataclass(frozen=True)
class Text:
    """A lesson.md and the module beside the other figures that belongs to it."""

    number: str
    folder: Path
    source: str

    @property
    def module(self) -> ModuleType:
        return draw.lesson_module(self.number)

    @property
    def body(self) -> str:
        """What is read: no runnable code, no alternative texts, no references; the length stays, for positions."""
        body = self.source
        for found in (
            *CODE.finditer(body),
            *PICTURE.finditer(body),
            *re.finditer(r"## References.*", body, re.DOTALL),
        ):
            body = body[: found.start()] + " " * len(found.group()) + body[found.end() :]
        return body


@functools.cache
def text(number: str) -> Text:
    folder = draw.lesson_folder(number)
    return Text(number, folder, (folder / "lesson.md").read_text(encoding="utf-8"))


@functools.cache
def statements(number: str) -> tuple[str, ...]:
    """What code says that must stand in the lesson; computed once, some of it takes seconds."""
    return tuple(text(number).module.statements())
