"""What the names in an LMS's bulk download of hand-ins say: whose file it is, when it was handed in, what it was called.

Each LMS has one pattern. Of several attempts of a student the latest counts. Times are written without a zone, so the
caller says which one is meant; a time that cannot be read is no time, never a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import PurePosixPath
from typing import Literal, NamedTuple, get_args

Lms = Literal["blackboard", "brightspace", "canvas", "moodle"]
LMSS: tuple[Lms, ...] = get_args(Lms)

_STAMP = r"\d{4}(?:-\d{2}){5}"
_DATE = r"(?:\w{3,12}\.? \d{1,2},? \d{4}|\d{1,2}\.? \w{3,12}\.?,? \d{4}),? \d{3,4}(?: [AP]M)?"
_PATTERNS: dict[Lms, tuple[re.Pattern[str], ...]] = {
    "canvas": (
        re.compile(
            r"(?:.*/)?(?P<name>[^_/]*)_(?:(?P<late>LATE)_)?(?P<key>\d+)_(?P<number>\d+)_(?P<file>[^/]+)",
            re.IGNORECASE,
        ),
        re.compile(
            r"(?:.*/)?(?P<name>[^_/]*)_(?:(?P<late>LATE)_)?(?P<key>\d+)_(?P<file>(?:text|link)\.html)",
            re.IGNORECASE,
        ),
    ),
    "moodle": (
        re.compile(
            r"(?:.*/)?(?P<name>[^_/]+)_(?P<key>\d+)_assignsubmission_(?:file|onlinetext)(?:_?/(?:.*/)?|_)(?P<file>[^/]+)"
        ),
    ),
    "blackboard": (
        re.compile(rf"(?:.*/)?(?P<name>[^/]+)_(?P<word>[^_/]+)_(?P<when>{_STAMP})_(?P<file>[^/]+)"),
        re.compile(rf"(?:.*/)?(?P<name>[^/]+)_(?P<word>[^_/]+)_(?P<when>{_STAMP})\.(?P<file>txt)"),
    ),
    "brightspace": (
        re.compile(
            rf"(?:.*/)?(?P<key>\d+)-(?P<folder>\d+) ?- (?P<name>[^/]+?) ?- (?P<when>{_DATE})(?: - |/(?:.*/)?)(?P<file>[^/]+)"
        ),
    ),
}
_ANONYMOUS = re.compile(r"(?:.*/)?(?:LATE_)?anon_[0-9A-Za-z]+_\d+_[^/]+", re.IGNORECASE)
_INDEX = "index.html"
_MONTHS = "january february march april may june july august september october november december".split()
_MONTH_OF = {name[:length]: i for i, name in enumerate(_MONTHS, 1) for length in (3, 4, len(name))}
"""English names, whole or cut; other languages have words that begin alike and mean another month."""


class Member(NamedTuple):
    """One file: its name in the download, and what the student called it."""

    path: str
    file: str


@dataclass(frozen=True)
class HandIn:
    """What one student handed in last. `key` is the LMS's id in the names, `name` the student's name as far as it is there."""

    key: str
    name: str
    when: datetime | None
    late: bool
    members: tuple[Member, ...]


@dataclass(frozen=True)
class Names:
    """The hand-ins in the order of their keys, and the names that fit no pattern of the LMS, with the reason."""

    hand_ins: tuple[HandIn, ...]
    strays: tuple[str, ...]


class _Found(NamedTuple):
    key: str
    name: str
    when: str
    late: bool
    number: int
    member: Member


def read_names(lms: Lms, paths: Sequence[str], zone: tzinfo, peek: Callable[[str], bytes]) -> Names:
    """The hand-ins among *paths*, which have `/` between their parts; *peek* gives the first bytes of a file."""
    found: list[_Found] = []
    strays: list[str] = []
    for path in sorted(paths):
        parts = next((parts for pattern in _PATTERNS[lms] if (parts := pattern.fullmatch(path))), None)
        if lms == "canvas" and _ANONYMOUS.fullmatch(path):
            strays.append(f"`{path}` is anonymous; switch anonymous grading off before you download")
        elif parts is not None:
            found.append(_found(parts))
        elif PurePosixPath(path).name != _INDEX:
            strays.append(f"`{path}` is not named as {lms.capitalize()} names a hand-in")
    if lms == "blackboard":
        found = _with_usernames(found, peek)
    by_key: dict[str, list[_Found]] = {}
    for one in found:
        by_key.setdefault(one.key, []).append(one)
    hand_ins = []
    for key in sorted(by_key):
        hand_in, note = _latest(by_key[key], lms, zone)
        hand_ins.append(hand_in)
        strays += [note] if note else []
    return Names(tuple(hand_ins), tuple(strays))


def read_time(text: str, zone: tzinfo) -> datetime | None:
    """The time in a name, in *zone*; None if it is written in a way that we do not know."""
    if re.fullmatch(_STAMP, text):
        numbers = [int(part) for part in text.split("-")]
    else:
        numbers = _date(text)
    try:
        year, month, day, hour, minute, second = numbers
        return datetime(year, month, day, hour, minute, second, tzinfo=zone)
    except ValueError:
        return None


def _date(text: str) -> list[int]:
    """The numbers of `Sep 8, 2026 1159 PM` or `8 September 2026 2359`."""
    words = text.replace(",", " ").replace(".", " ").split()
    if len(words) not in (4, 5):
        return []
    month = next((_MONTH_OF[word.lower()] for word in words[:2] if word.lower() in _MONTH_OF), 0)
    days = [word for word in words[:2] if word.isdecimal()]
    clock = words[3].zfill(4)
    hour, minute = int(clock[:-2]), int(clock[-2:])
    if len(words) == 5:
        if not 1 <= hour <= 12:
            return []
        hour = hour % 12 + 12 * (words[4] == "PM")
    return [int(words[2]), month, int(days[0]), hour, minute, 0] if days else []


def _found(parts: re.Match[str]) -> _Found:
    group: Mapping[str, str | None] = parts.groupdict()
    number = int(group.get("number") or 0)
    member = Member(parts.string, group["file"] or "")
    key, name = group.get("key") or "", group["name"] or ""
    return _Found(key, name.strip(), group.get("when") or "", bool(group.get("late")), number, member)


def _with_usernames(found: Sequence[_Found], peek: Callable[[str], bytes]) -> list[_Found]:
    """Blackboard's names are `<assignment>_<username>`, and both may hold `_`; each attempt has a text file that knows better."""
    receipts = [one for one in found if one.member.file == "txt"]
    known = {one.name: _username(one.name, peek(one.member.path)) for one in receipts}
    return [
        one._replace(key=known.get(one.name) or one.name.rpartition("_")[2], name="")
        for one in found
        if one.member.file != "txt"
    ]


def _username(prefix: str, receipt: bytes) -> str:
    """The name in parentheses at the end of a line of the receipt, if the file's name ends in it."""
    text = receipt[:2000].decode("utf-8-sig", errors="replace")
    inside: list[str] = re.findall(r"\(([^()\r\n]+)\)\s*$", text, re.MULTILINE)
    return next((name for name in inside if prefix.endswith(f"_{name}")), "")


def _latest(found: Sequence[_Found], lms: Lms, zone: tzinfo) -> tuple[HandIn, str]:
    """The last attempt; without times that can be read, all files count and the last of each name is taken."""
    times = {one.when: read_time(one.when, zone) for one in found}
    readable = [(time, text) for text, time in times.items() if time is not None]
    note = ""
    if len(times) > 1 and len(readable) < len(times):
        note = f"{found[0].name or found[0].key} has several attempts whose times cannot be read; all their files were taken"
    elif len(times) > 1:
        last = max(readable)[1]
        found = [one for one in found if one.when == last]
    when = max((time for time in times.values() if time is not None), default=None) if not note else None
    newest: dict[str, _Found] = {}
    for one in sorted(found, key=lambda one: one.number):
        newest[one.member.file] = one
    members = tuple(
        one.member for one in newest.values() if one.member.file != _INDEX or lms != "brightspace"
    )
    last_one = found[-1]
    return HandIn(last_one.key, last_one.name, when, any(one.late for one in found), members), note
