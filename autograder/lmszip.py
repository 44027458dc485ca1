"""Takes an LMS's bulk download of hand-ins apart: a zip file from outside, whose every name and size is doubted.

An entry that would leave its folder, is a link, is locked or swells like a bomb is refused and named, and the others go
on; an archive that is too large as a whole is refused. Of no entry more is unpacked than it declares.
"""

from __future__ import annotations

import lzma
import re
import stat
import unicodedata
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, tzinfo
from pathlib import Path

from autograder.errors import ClassroomError, Place
from autograder.files import write_bytes, write_text
from autograder.grades import Student
from autograder.identity import KEYS, Person, match
from autograder.lmsnames import HandIn, Lms, Names, read_names

_DAMAGE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError)


@dataclass(frozen=True)
class Limits:
    """What an archive may hold. `ratio` is how far a file may swell once it is larger than `small`."""

    files: int = 20_000
    bytes: int = 4 * 2**30
    one: int = 128 * 2**20
    ratio: int = 200
    small: int = 2**20


class Archive:
    """An open download; `refused` says which entries cannot be used, and why."""

    def __init__(self, path: Path, opened: zipfile.ZipFile, limits: Limits) -> None:
        self.path, self._zip, self.limits = path, opened, limits
        self.refused: list[str] = []
        self._entries: dict[str, zipfile.ZipInfo] = {}
        for info in opened.infolist():
            name = _name(info)
            if not info.is_dir() and not _is_rubbish(name):
                self._admit(name, info)
        self._weigh(opened.infolist())

    @property
    def paths(self) -> list[str]:
        """The names of the entries that can be used, with `/` between their parts."""
        return list(self._entries)

    def read(self, path: str, most: int = -1) -> bytes:
        """The content of an entry, or its first bytes; raises ClassroomError if it is damaged."""
        try:
            with self._zip.open(self._entries[path]) as file:
                return file.read(most)
        except (*_DAMAGE, OSError, EOFError, NotImplementedError, ValueError) as error:
            raise ClassroomError(f"{self.path}: `{plain(path)}` is damaged: {error}") from error

    def peek(self, path: str) -> bytes:
        """The first bytes of an entry, nothing if it is damaged."""
        try:
            return self.read(path, 4000)
        except ClassroomError:
            return b""

    def _admit(self, name: str, info: zipfile.ZipInfo) -> None:
        reason = _danger(name, info, self.limits)
        if not reason and name in self._entries:
            reason = "is in the archive twice"
        if reason:
            self.refused.append(f"`{plain(name)}` {reason}; it was not unpacked")
        else:
            self._entries[name] = info

    def _weigh(self, infos: Sequence[zipfile.ZipInfo]) -> None:
        if len(infos) > self.limits.files:
            raise ClassroomError(
                f"{self.path} holds {len(infos)} files; at most {self.limits.files} are read"
            )
        size = sum(info.file_size for info in self._entries.values())
        if size > self.limits.bytes:
            raise ClassroomError(
                f"{self.path} would unpack to {size // 2**20} MiB; at most {self.limits.bytes // 2**20} MiB are read"
            )
        if sum(info.compress_size for info in infos) > self.path.stat().st_size:
            raise ClassroomError(f"{self.path} is no honest zip file: its files lie upon each other")


@contextmanager
def opened(path: Path, limits: Limits | None = None) -> Iterator[Archive]:
    """The archive at *path*; raises ClassroomError for a file that is none, or is too large."""
    try:
        file = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise ClassroomError(
            f"{path} is no zip file that can be read: {error}",
            "download all hand-ins of the assignment again from the LMS, and do not unpack them",
        ) from error
    with file:
        yield Archive(path, file, limits or Limits())


def read(archive: Archive, lms: Lms, zone: tzinfo = UTC) -> Names:
    """The hand-ins in *archive*, the latest attempt of each student."""
    return read_names(lms, archive.paths, zone, archive.peek)


@dataclass(frozen=True)
class Joined:
    """The hand-ins by our student's id, and what could not be joined, in sentences."""

    hand_ins: Mapping[str, HandIn]
    problems: tuple[str, ...]


def join(
    hand_ins: Sequence[HandIn],
    students: Sequence[Student],
    lms: Lms,
    participants: Mapping[str, Person] | None = None,
) -> Joined:
    """Whose hand-in each is: by the LMS's id, else by a name that only one student has.

    *participants* is Moodle's grading worksheet: the numbers in its names mean something for one assignment only.
    Without *students* nobody is known, and the LMS's own id or name becomes the folder's name.
    """
    if not students:
        return _unknown(hand_ins, lms)
    people = [_person(hand_in, lms, participants or {}) for hand_in in hand_ins]
    found = match([Person(person.place, person.ids) for person in people], students, KEYS[lms])
    pairs = {position: student.id for position, student in found.students.items()}
    problems = [f"{note.message}" for note in found.notes]
    by_name, doubts = _by_name(people, found.strangers, found.absent)
    pairs |= by_name
    for position in found.strangers:
        if position not in by_name:
            hand_in = hand_ins[position]
            who = people[position].name or hand_in.key
            reason = doubts.get(position, "is not in the class")
            problems.append(f"the hand-in of `{plain(who)}` ({hand_in.key}) {reason}; it was not graded")
    return Joined({pairs[position]: hand_ins[position] for position in sorted(pairs)}, tuple(problems))


def names_of(hand_in: HandIn, notebook: str = "") -> list[str]:
    """Safe names for the files of *hand_in*; its one notebook is called *notebook*, whatever the student called it."""
    names = _safe_names([member.file for member in hand_in.members])
    return _renamed(names, notebook) if notebook else names


def files_of(archive: Archive, hand_in: HandIn, notebook: str = "") -> dict[str, bytes]:
    """What *hand_in* holds, by these names."""
    names = names_of(hand_in, notebook)
    return {name: archive.read(member.path) for name, member in zip(names, hand_in.members, strict=True)}


def put(folder: Path, files: Mapping[str, bytes], hand_in: HandIn, *, force: bool) -> str:
    """Writes a hand-in into *folder*, as `nbgrader collect` does; gives the reason if it was left as it is.

    What lies there already is replaced only by a later attempt, or with *force*.
    """
    if folder.is_symlink():
        return "its folder is a link, which was not followed"
    stamp = folder / "timestamp.txt"
    time = time_of(hand_in)
    if folder.exists() and not force:
        there = {
            path.name: path.read_bytes()
            for path in folder.iterdir()
            if path.is_file() and not path.is_symlink()
        }
        before = there.pop("timestamp.txt", b"").decode("utf-8", "replace").strip()
        if there == dict(files) and before == time:
            return ""
        if not (time and re.fullmatch(r"[\d-]{10} [\d:]{8} UTC", before) and before < time):
            return "another hand-in is there already; `--force` replaces it"
    for name, content in files.items():
        write_bytes(folder / name, content, force=True)
    if time:
        write_text(stamp, time + "\n", force=True)
    for path in folder.iterdir():
        if path.name not in files and not (time and path == stamp) and not path.is_dir():
            path.unlink()
    return ""


def time_of(hand_in: HandIn) -> str:
    """When it was handed in, in the one form that nbgrader reads right; "" if that is not known."""
    return hand_in.when.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC") if hand_in.when else ""


def plain(name: str) -> str:
    """A name from outside, safe to print."""
    return "".join(char if char.isprintable() and char != "`" else "?" for char in name)[:120]


def _name(info: zipfile.ZipInfo) -> str:
    """The entry's name; programs that do not say that it is UTF-8 often mean it all the same."""
    if info.flag_bits & 0x800:
        return info.orig_filename
    try:
        return info.orig_filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.orig_filename


def _is_rubbish(name: str) -> bool:
    """What macOS and Windows put into archives on their own."""
    return name.startswith("__MACOSX/") or name.rpartition("/")[2] in (".DS_Store", "Thumbs.db")


def _danger(name: str, info: zipfile.ZipInfo, limits: Limits) -> str:
    parts = re.split(r"[/\\]", name)
    kind = stat.S_IFMT(info.external_attr >> 16)
    if name.startswith(("/", "\\")) or re.match(r"[A-Za-z]:", name):
        return "has an absolute path"
    if ".." in parts or "." in parts or "" in parts or "\x00" in name:
        return "would leave its folder"
    if kind not in (0, stat.S_IFREG):
        return "is a link or a device"
    if info.flag_bits & 0x1:
        return "is locked with a password"
    if info.file_size > limits.one:
        return f"is larger than {limits.one // 2**20} MiB"
    if info.file_size > limits.small and info.file_size > limits.ratio * max(info.compress_size, 1):
        return f"swells to more than {limits.ratio} times its size"
    return ""


def _person(hand_in: HandIn, lms: Lms, participants: Mapping[str, Person]) -> Person:
    place = Place(hand_in.members[0].path if hand_in.members else hand_in.key)
    if lms == "moodle":
        known = participants.get(hand_in.key)
        return (
            Person(place, known.ids, known.name or hand_in.name) if known else Person(place, {}, hand_in.name)
        )
    ids = {"canvas": {"canvas.id": hand_in.key}, "blackboard": {"blackboard.username": hand_in.key}}
    return Person(place, ids.get(lms, {}), hand_in.name)


def _by_name(
    people: Sequence[Person], left: Sequence[int], absent: Sequence[Student]
) -> tuple[dict[int, str], dict[int, str]]:
    """Matches by the letters of the name, if on both sides only one has them; else the reason why not."""
    students: dict[str, set[str]] = defaultdict(set)
    for student in absent:
        for name in {f"{student.first_name}{student.last_name}", f"{student.last_name}{student.first_name}"}:
            students[_letters(name)].add(student.id)
    rivals: dict[str, int] = defaultdict(int)
    for position in left:
        rivals[_letters(people[position].name)] += 1
    found, doubts = {}, {}
    for position in left:
        name = _letters(people[position].name)
        fits = students[name] if name else set()
        if len(fits) == 1 and rivals[name] == 1:
            found[position] = next(iter(fits))
        elif fits:
            doubts[position] = (
                f"could be that of {' or '.join(sorted(fits))}, and the name is all there is to go by"
            )
    return found, doubts


def _letters(name: str) -> str:
    """LMSs drop blanks, quotes and commas from names, so only letters and digits are compared."""
    return "".join(char for char in unicodedata.normalize("NFKC", name).casefold() if char.isalnum())


def _unknown(hand_ins: Sequence[HandIn], lms: Lms) -> Joined:
    found: dict[str, HandIn] = {}
    problems = []
    for hand_in in hand_ins:
        by_key = lms in ("canvas", "blackboard") or not hand_in.name
        name = hand_in.key if by_key else re.sub(r"[^\w.-]+", "-", hand_in.name)
        name = re.sub(r"[^\w.@+-]", "-", name).lstrip(".-") or hand_in.key
        if found.setdefault(name, hand_in) is not hand_in:
            problems.append(
                f"two students are called `{name}`; the hand-in with the number {hand_in.key} was not graded"
            )
    return Joined(found, tuple(problems))


def _safe_names(names: Sequence[str]) -> list[str]:
    """File names without anything that a file system or a shell could misunderstand, no two alike."""
    safe: list[str] = []
    for name in names:
        stem, dot, suffix = re.sub(r"[^\w.()+ -]", "_", name).lstrip(". ").rpartition(".")
        base = (stem if dot else suffix)[:80] or "file"
        made, number = f"{base}{dot}{suffix[:10] if dot else ''}", 1
        while made.casefold() in {other.casefold() for other in safe} or made == "timestamp.txt":
            number += 1
            made = f"{base}~{number}{dot}{suffix[:10] if dot else ''}"
        safe.append(made)
    return safe


def _renamed(names: Sequence[str], notebook: str) -> list[str]:
    """The names with the one notebook called *notebook*: LMSs and browsers add `-1` and ` (1)` to it."""
    notebooks = [name for name in names if name.lower().endswith(".ipynb")]
    stem = notebook.removesuffix(".ipynb")
    like = [
        name
        for name in notebooks
        if re.fullmatch(rf"{re.escape(stem)}(?:-\d+)?(?: ?\(\d+\))?\.ipynb", name, re.IGNORECASE)
    ]
    chosen = notebooks if len(notebooks) == 1 else like if len(like) == 1 else []
    return [notebook if name in chosen else name for name in names]
