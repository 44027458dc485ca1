"""Text for a person on its way through an LMS's importer, made safe for the importer and for a spreadsheet program."""

from __future__ import annotations

import re
import unicodedata

from autograder.errors import ExportError

_DANGEROUS = "=+-@＝＋－＠"


def lms_text(text: str) -> str:
    """*text* on one line, without control characters, without a backslash at the end, and no formula.

    An apostrophe before a formula would stay in the text for good; one blank in front is cut off again by the LMS.
    A quoted cell that ends in a backslash makes Moodle reject the whole file, so a blank follows it.
    """
    text = " ".join("".join(" " if _is_control(char) else char for char in text).split())
    if text.startswith(tuple(_DANGEROUS)):
        text = " " + text
    return text + " " if text.endswith("\\") else text


def check_id(value: str, what: str) -> str:
    """*value* as it is; raises ExportError for an id that no file can carry."""
    if value != value.strip() or any(_is_control(char) for char in value):
        raise ExportError(
            f"{what} is {value!r}; an id has no blanks at its ends and no control characters",
            "mend the roster",
        )
    return value


def file_part(text: str) -> str:
    """*text* as a part of a file name."""
    return re.sub(r"[^\w.-]+", "-", text).strip("-.") or "lesson"


def _is_control(char: str) -> bool:
    """Control characters, line separators, and what XML 1.0 cannot hold; joiners and marks of direction stay."""
    return unicodedata.category(char) in ("Cc", "Zl", "Zp", "Cs") or char in "\ufffe\uffff"
