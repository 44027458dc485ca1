"""The checker process: one warm pytest that holds the hidden checks and runs them on one submission after the other.

`python -m autograder.checker FD [unsafe] [core=N]` is told of a course on the socket FD, collects its tests/hidden once, says
hello, and then answers jobs until the socket is closed. It never imports or executes anything that a student wrote: a submission
lives in a child of the sandbox and is reached through a proxy. All that is asked of pytest stands in this file.
"""

from __future__ import annotations

import os
import socket
import sys
import tempfile
import traceback
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder import frames
from autograder.briefing import Brief, Briefing, briefing_of
from autograder.checks import Check, with_needed
from autograder.errors import AutogradeError
from autograder.lifetime import own_folder
from autograder.loading import load_probe, load_problems
from autograder.proxy import Child, ClaimsFor, Memory, Submission, plain, seconds_left
from autograder.sandbox import Cell, Fault, Sandbox

MAX_MESSAGE = 2000
MAX_LOG = 20_000
PROBE_SECONDS = 5.0
_PLUGINS_OFF = (
    "cacheprovider capture debugging doctest faulthandler junitxml logging pastebin setuponly setupplan skipping "
    "stepwise terminal threadexception unittest unraisableexception warnings"
).split()


def main(arguments: Sequence[str]) -> int:
    """Serves jobs on the given socket until it is closed; 0 then, 1 if the course or the sandbox cannot be used."""
    descriptor, *flags = arguments
    core = next((int(flag.removeprefix("core=")) for flag in flags if flag.startswith("core=")), None)
    if core is not None:
        os.sched_setaffinity(0, {core})
    # First of all the folder: nothing may have asked yet where temporary files go.
    with own_folder(int(descriptor)), socket.socket(fileno=int(descriptor)) as channel:
        try:
            return _serve(channel, briefing_of(frames.receive(channel)), unsafe="unsafe" in flags)
        except AutogradeError as error:
            frames.send(channel, _refusal(error))
            return 1
        except frames.Closed:
            return 0


def _serve(channel: socket.socket, course: Briefing, *, unsafe: bool) -> int:
    np.seterr(all="ignore")  # students' values may be anything; arithmetic on them is no news
    course.refuse_edited()
    hidden = course.root / "tests" / "hidden"
    sys.path.insert(0, str(hidden))
    # Byte code that lies beside the author's files counts by the date and size of its source: it may be of another text.
    sys.pycache_prefix = str(Path(tempfile.gettempdir(), "none"))
    with Sandbox(
        course.limits, problems=course.problems_path, data=course.data_path, unsafe=unsafe
    ) as sandbox:
        checker = _Checker(channel, course, sandbox)
        return int(pytest.main(_pytest_arguments(course.root, hidden), plugins=[checker]))


def _refusal(error: AutogradeError) -> dict[str, str]:
    return {"error": error.message, "hint": error.hint}


def _pytest_arguments(root: Path, hidden: Path) -> list[str]:
    """Collect check_*.py under *hidden* and nothing else, whatever settings lie around.

    Without assertion rewriting the text of an AssertionError is the message that the check wrote and nothing more, so
    that no source of a check can reach a student.
    """
    options = ["-c", "/dev/null", "--rootdir", str(root), "--noconftest", "--import-mode=importlib"]
    options += ["--assert=plain", "--disable-plugin-autoload", "--continue-on-collection-errors"]
    options += ["-o", "python_files=check_*.py", "-o", "python_classes="]
    for plugin in _PLUGINS_OFF:
        options += ["-p", f"no:{plugin}"]
    return [*options, str(hidden)]


@dataclass
class _Attempt:
    """The run of one check: where it got to, and what it raised."""

    submission: Submission
    error: BaseException | None = None


@dataclass
class _Job:
    """One submission against one exercise."""

    exercise: str
    cells: tuple[Cell, ...]
    probe: str
    checks: tuple[Check, ...]
    outcomes: dict[str, tuple[str, str]] = field(default_factory=dict)
    limits: dict[str, None] = field(default_factory=dict)
    submissions: dict[str, Submission] = field(default_factory=dict)
    needed: tuple[float, str] = (0.0, "")
    log: list[str] = field(default_factory=list)

    @property
    def passed(self) -> bool:
        return all(outcome == "pass" for outcome, _ in self.outcomes.values())

    @property
    def is_looked_at(self) -> bool:
        """Whether its behaviour is asked for."""
        return self.probe != "never" and (self.probe != "failed" or not self.passed)

    @property
    def timed_out(self) -> bool:
        return any(outcome == "timeout" for outcome, _ in self.outcomes.values())


class _Checker:
    """The pytest plugin: its fixtures are what checks ask for, its run loop answers jobs."""

    def __init__(self, channel: socket.socket, course: Briefing, sandbox: Sandbox) -> None:
        self._channel = channel
        self._course = course
        self._sandbox = sandbox
        hidden = course.root / "tests" / "hidden"
        self._problems = load_problems(course.problems_path)
        self._probes = {name: load_probe(hidden / name) for name in course.exercises}
        self._items: dict[tuple[str, str], pytest.Item] = {}
        self._collection_errors: list[str] = []
        self._attempt: _Attempt | None = None

    # Fixtures.

    @pytest.fixture
    def submission(self) -> Submission:
        """The student's functions."""
        assert self._attempt is not None  # noqa: S101  checks only run within a job
        return self._attempt.submission

    @pytest.fixture
    def problems(self) -> Mapping[str, Any]:
        """The public problems of course/problems.py."""
        return self._problems

    @pytest.fixture
    def criterion(self, request: pytest.FixtureRequest) -> Mapping[str, Any]:
        """All keys of one criterion in course.yaml."""
        values: Mapping[str, Any] = request.param
        return values

    # Hooks of pytest.

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        brief = self._course.exercises.get(metafunc.definition.path.parent.name)
        if brief is None:
            return
        values = {
            check.id: brief.criteria[check.criterion]
            for check in brief.checks
            if check.function == metafunc.function.__name__ and check.criterion is not None
        }
        if values:
            metafunc.parametrize("criterion", [*values.values()], ids=[*values], indirect=True)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self._collection_errors.append(f"{report.nodeid}\n{report.longreprtext}")

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        for item in session.items:
            # The id of a check with a criterion is the whole text in pytest's brackets.
            callspec = getattr(item, "callspec", None)
            check = callspec.id if callspec else item.name
            self._items[item.path.parent.name, check] = item

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        dates = self._course.dates()
        try:
            self._course.refuse_edited()  # again: the checks were read just now
        except AutogradeError as error:
            frames.send(self._channel, _refusal(error))
            return True
        frames.send(self._channel, {"layers": asdict(self._sandbox.layers)})
        while True:
            answer = self._answer(frames.receive(self._channel))
            edited = min((name for name, _ in dates.items() ^ self._course.dates().items()), default="")
            frames.send(
                self._channel, {"edited": edited} if edited else answer
            )  # it may have read the file just now

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> pytest.TestReport:
        # pytest's own report would format a traceback for every failed check, which costs more than the check.
        failed = call.excinfo is not None
        assert call.when != "collect"  # noqa: S101  this hook is about items
        if call.excinfo is not None and self._attempt is not None and self._attempt.error is None:
            self._attempt.error = call.excinfo.value
        return pytest.TestReport(
            item.nodeid, item.location, {}, "failed" if failed else "passed", None, call.when, []
        )

    # Jobs.

    def _answer(self, message: Mapping[str, Any]) -> dict[str, Any]:
        cells = tuple(Cell(label, source) for label, source in message["cells"])
        checks = with_needed(self._course.exercises[message["exercise"]].checks, message["checks"])
        job = _Job(message["exercise"], cells, message["probe"], checks)
        findings = self._run(job)
        looked_at = job.submissions if job.is_looked_at else {}
        calls = {check: submission.calls for check, submission in looked_at.items()}
        return {
            "key": message["key"],
            "exercise": message["exercise"],
            "outcomes": [[check, *outcome] for check, outcome in job.outcomes.items()],
            "limits": list(job.limits),
            "trace": {"calls": calls, "findings": findings},
            "log": "\n".join(job.log)[:MAX_LOG],
            "needed": job.needed,
        }

    def _run(self, job: _Job) -> dict[str, Any]:
        """Runs the checks of *job*, and its probe if one did not pass or it is asked for; the findings of the probe."""
        probe = self._probes[job.exercise]
        if job.probe == "alone" and probe:
            with self._open(job) as child:
                return self._findings(job, probe, child, {})
        seconds = self._brief(job).limits.seconds
        with self._open(job) as child:
            memory = Memory()
            for check in job.checks:
                self._run_check(job, check, child, memory)
            remembers = not job.passed and memory.differs_now(child)
            spent = child.spent
            job.needed = max(job.needed, (spent / seconds, ""))
            wanted = probe if job.is_looked_at and not job.timed_out else None
            if wanted and not remembers and spent < seconds / 2:
                # The code answers as it did at first, so what checks have kept is what the probe would find again.
                return self._findings(job, wanted, child, memory.kept)
        if remembers:
            # Something of one call lives on in the next. That costs the check which looks for it, not all the others.
            for check in job.checks:
                again = job.outcomes[check.id][0] in ("fail", "error", "skipped")
                if again and spent < seconds:
                    with self._open(job) as child:
                        self._run_check(job, check, child, Memory())
                        spent += child.spent
        if wanted is None:
            return {}
        with self._open(job) as child:
            return self._findings(job, wanted, child, {} if remembers else memory.kept)

    def _open(self, job: _Job) -> AbstractContextManager[Child]:
        child: AbstractContextManager[Child] = self._sandbox.open(job.cells, limits=self._brief(job).limits)
        return child

    def _brief(self, job: _Job) -> Brief:
        return self._course.exercises[job.exercise]

    def _findings(
        self, job: _Job, probe: Callable[..., Any], child: Child, kept: Mapping[Any, Any]
    ) -> dict[str, Any]:
        """What the *probe* of the exercise finds out about how the code behaves; it need not do again what checks have *kept*."""
        submission = Submission(child, PROBE_SECONDS, Memory(kept), claims="shown")
        try:
            child.rewind()
            findings = probe(submission, self._problems)
        except Fault as fault:
            return {"fault": type(fault).__name__}
        except Exception:  # noqa: BLE001  a slip in a probe costs the diagnosis, never the grade
            job.log.append(f"probe of {job.exercise}:\n{traceback.format_exc()}")
            return {}
        # What has no time left looks as if it gave nothing, which would be told of slow code, and on slow machines.
        in_time = seconds_left(submission) > 0
        return {str(key): plain(value) for key, value in findings.items()} if in_time else {}

    def _skipped(self, job: _Job, need: str) -> str:
        title = next(check.title for check in self._brief(job).checks if check.id == need)
        return f"not tried, because this comes first: {title}"

    def _run_check(self, job: _Job, check: Check, child: Child, memory: Memory) -> None:
        """Runs *check* unless one that it needs did not pass, and notes what became of it."""
        missing = [need for need in check.needs if job.outcomes.get(need, ("",))[0] != "pass"]
        if missing:
            job.outcomes[check.id] = "skipped", self._skipped(job, missing[0])
            return
        limits = self._brief(job).limits
        # Where there is no probe, the traces of the checks are what a diagnosis has.
        claims: ClaimsFor = "" if self._probes[job.exercise] else "noted"
        submission = Submission(child, limits.seconds_per_check, memory, claims=claims)
        job.outcomes[check.id] = self._outcome(job, check, submission)
        job.submissions[check.id] = submission
        job.needed = max(job.needed, (1 - seconds_left(submission) / limits.seconds_per_check, check.id))
        job.limits.update((fault.limit, None) for fault in submission.faults if fault.limit)

    def _outcome(self, job: _Job, check: Check, submission: Submission) -> tuple[str, str]:
        """The outcome and message of *check*."""
        item = self._items.get((job.exercise, check.id))
        if item is None:
            job.log += [f"{check.id}: was not collected", *self._collection_errors]
            return "broken", f"the check `{check.id}` could not be loaded; a person must look"
        error = self._raised_by(item, submission)
        if error is None:
            return "pass", ""
        if isinstance(error, AssertionError | pytest.fail.Exception):
            return "fail", message_for_student(
                str(error) or f"this does not hold: {check.title}", self._course.root
            )
        if isinstance(error, Fault):
            told = error.message if self._course.reveal_inputs else error.discreet
            return error.outcome, message_for_student(told, self._course.root)
        job.log.append(f"{check.id}:\n{''.join(traceback.format_exception(error))}")
        return "broken", f"the check `{check.id}` failed with {type(error).__name__}; a person must look"

    def _raised_by(self, item: pytest.Item, submission: Submission) -> BaseException | None:
        """What the check raised, if anything; with pytest's whole protocol only where it asks for more than we give it."""
        direct = _direct(item, {"submission": submission, "problems": self._problems})
        if direct is not None:
            try:
                direct()
            except (Exception, pytest.fail.Exception, pytest.skip.Exception) as error:  # noqa: BLE001  it is the outcome
                return error
            return None
        self._attempt = _Attempt(submission)
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
        attempt, self._attempt = self._attempt, None
        return attempt.error


def _direct(item: pytest.Item, given: Mapping[str, Any]) -> Callable[[], Any] | None:
    """The call of a check that is a plain function and has no fixtures but those *given* and its criterion; else None."""
    if not isinstance(item, pytest.Function) or item.cls is not None:
        return None
    known = {**given, **(item.callspec.params if hasattr(item, "callspec") else {})}
    code = item.function.__code__
    names = code.co_varnames[: code.co_argcount]
    # `request` is among the fixtures wherever there is a criterion, whose fixture asks for it.
    if {*item.fixturenames} - {"request"} != {*names} or not known.keys() >= {*names}:
        return None
    return partial(item.function, **{name: known[name] for name in names})


def message_for_student(text: str, root: Path) -> str:
    """*text* with its control characters escaped, the paths of this machine taken out, and cut to a readable length."""
    places = {str(root), sys.prefix, sys.base_prefix, tempfile.gettempdir(), str(Path.home())}
    for place in sorted(places, key=len, reverse=True):
        if len(place) > 1:
            text = text.replace(place, "...")
    shown = "".join(
        char if char.isprintable() or char == "\n" else char.encode("unicode_escape").decode("ascii")
        for char in text[: MAX_MESSAGE + 1]
    )
    return shown if len(shown) <= MAX_MESSAGE else shown[: MAX_MESSAGE - 4] + " ..."


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
