"""An XML file as elements that remember their place in the text, so that some can be filled and no other character moves.

Definitions of entities are refused: nothing that an LMS exports has them, and they can blow a small file up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from autograder.errors import Place
from autograder.sheet import fault, place_of

MAX_DEPTH = 100


@dataclass
class Element:
    """One element; `start` to `end` is the whole of it in the text, and `text` what stands in it without its children."""

    name: str
    attributes: Mapping[str, str]
    start: int
    end: int = 0
    text: str = ""
    children: list[Element] = field(default_factory=list)

    @property
    def span(self) -> tuple[int, int]:
        return self.start, self.end

    def child(self, name: str) -> Element | None:
        """The first child of that name."""
        return next((child for child in self.children if child.name == name), None)

    def filled(self, content: str) -> str:
        """This element (one without attributes) with *content*, which is escaped already."""
        return f"<{self.name}>{content}</{self.name}>"


def read_elements(text: str, file: str) -> Element:
    """The root element of *text*; raises ExportError, with the place, for anything that is not well-formed."""
    reader = _Reader(text, file)
    try:
        reader.parser.Parse(text.encode(), True)  # noqa: FBT003 - expat takes no keyword
    except expat.ExpatError as error:
        place = Place(file, error.lineno, error.offset + 1)
        raise fault(place, f"this is no whole XML file: {expat.ErrorString(error.code)}") from error
    return reader.root


def replace(text: str, edits: Mapping[tuple[int, int], str]) -> str:
    """*text* with each span replaced."""
    parts: list[str] = []
    done = 0
    for (start, end), new in sorted(edits.items()):
        parts += (text[done:start], new)
        done = end
    return "".join([*parts, text[done:]])


class _Reader:
    def __init__(self, text: str, file: str) -> None:
        self.text, self.file = text, file
        self.content = text.encode()
        self.is_ascii = len(self.content) == len(text)
        self.bytes_done = self.chars_done = 0
        self.open: list[Element] = []
        self.parser = expat.ParserCreate("utf-8")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._doctype

    def _offset(self) -> int:
        """Where the parser is, in characters; it only ever moves forward."""
        at = self.parser.CurrentByteIndex
        if self.is_ascii:
            return at
        self.chars_done += len(self.content[self.bytes_done : at].decode())
        self.bytes_done = at
        return self.chars_done

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        element = Element(name, attributes, self._offset())
        if self.open:
            self.open[-1].children.append(element)
        else:
            self.root = element
        if len(self.open) >= MAX_DEPTH:
            raise fault(place_of(self.file, self.text, element.start), "elements are nested too deeply")
        self.open.append(element)

    def _end(self, name: str) -> None:
        element = self.open.pop()
        element.end = self.text.index(">", self._offset()) + 1

    def _text(self, data: str) -> None:
        self.open[-1].text += data

    def _doctype(self, *about: object) -> None:
        raise fault(
            place_of(self.file, self.text, self._offset()), "a document type is not allowed in this file"
        )
