"""Times as nbgrader writes them, read into aware `datetime`s: with any name, abbreviation or offset of a zone."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_ZONE = re.compile(r"[A-Za-z][A-Za-z0-9_/+-]*")
_OFFSETS = {
    **{
        "UTC": 0,
        "GMT": 0,
        "Z": 0,
        "WET": 0,
        "BST": 1,
        "WEST": 1,
        "CET": 1,
        "CEST": 2,
        "EET": 2,
        "EEST": 3,
        "MSK": 3,
    },
    **{"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7},
    **{"JST": 9, "AEST": 10, "AEDT": 11},
}
"""Abbreviations that nbgrader writes for a zone in its settings, and cannot read back itself; hours from UTC."""


def parse_timestamp(text: str) -> datetime:
    """An aware time from the forms that nbgrader writes; raises ValueError for any other.

    They are `2027-02-15 23:59:00.123456 UTC` with any name or abbreviation of a zone, or with an offset, and ISO. Without a
    zone it is UTC.
    """
    words = text.strip()[:100].rsplit(" ", 1)
    if len(words) == 2 and _ZONE.fullmatch(words[1]):
        return datetime.fromisoformat(words[0]).replace(tzinfo=_zone(words[1]))
    parsed = datetime.fromisoformat("".join(words) if words[-1][:1] in "+-" else " ".join(words))
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)


def _zone(name: str) -> tzinfo:
    if name.upper() in _OFFSETS:
        return timezone(timedelta(hours=_OFFSETS[name.upper()]))
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError) as error:
        raise ValueError(f"no time zone is called {name}") from error
