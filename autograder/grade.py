"""One grading run: submissions in, a `Report` for each out, kept as soon as it is there.

Marking happens here: OUR list of checks and points, THEIR outcomes. A submission can change the outcome of a check
that we know; it can neither add a check nor name a number. Quiz answers are read as literals, never executed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from itertools import groupby
from types import MappingProxyType

from autograder import attempts, quiz, suggesting
from autograder.checking import Checker, Job, Run
from autograder.content import CodeExercise, TextExercise
from autograder.course import Course
from autograder.deciding import decides_reports
from autograder.diagnosis import Diagnoser
from autograder.executors import Executor, Task, run_alone
from autograder.hand_backs import HandBack, hand_back
from autograder.report import CheckResult, ItemReport, Report, shared
from autograder.store import Store
from autograder.submissions import Submission
from autograder.surroundings import computing

UNREADABLE = "nothing could be read from what was handed in"


@dataclass(frozen=True, slots=True)
class Graded:
    """One graded hand-in without its code: its name, whether a failure to read it was ours, whether its report was there already,
    what was kept of its student and lesson before, and how many seconds each exercise took."""

    name: str
    back: HandBack
    ours: bool = False
    reused: bool = False
    earlier: Report | None = None
    seconds: Mapping[str, float] = field(default_factory=dict)

    @property
    def student(self) -> str:
        return self.back.student

    @property
    def lesson(self) -> str:
        return self.back.lesson

    @property
    def timestamp(self) -> datetime | None:
        return self.back.timestamp

    @property
    def report(self) -> Report:
        return self.back.report


def grade_all(
    course: Course,
    submissions: Iterable[Submission],
    store: Store,
    executor: Executor,
    *,
    diagnoser: Diagnoser | None = None,
    force: bool = False,
    on_done: Callable[[Graded], None] = lambda _: None,
) -> list[Graded]:
    """Grades every submission, keeping each report at once, and tells of them in the order of *submissions*.

    These may be read while others run: each is forgotten when it has been graded. Equal content is not graded twice unless
    *force*. Interrupted, it leaves everything finished in the store. Of several attempts of one student at one lesson, only the
    one that counts is told of.
    """
    run = _Run(course, store, on_done, force=force)
    for done in executor.run(run.tasks(submissions)):
        submission = run.under_way.pop(done.key)
        report = report_of(course, submission, done.runs, done.layers, diagnoser)
        run.finish(submission, report, seconds={one.exercise: one.seconds for one in done.runs})
    groups = attempts.grouped(run.graded[name] for name in run.keys)
    return [_counting(course, group, store, run.keys) for group in groups]


class _Run:
    """What is known while hand-ins are graded: the content of those under way, and what was found of all others."""

    def __init__(
        self, course: Course, store: Store, on_done: Callable[[Graded], None], *, force: bool
    ) -> None:
        self._course, self._store, self._on_done, self._force = course, store, on_done, force
        self._earlier: dict[tuple[str, str], Report | None] = {}
        self.keys: dict[str, str] = {}
        self.under_way: dict[str, Submission] = {}
        self.graded: dict[str, Graded] = {}

    def tasks(self, submissions: Iterable[Submission]) -> Iterator[Task]:
        """What has to be run. A hand-in whose report is known is finished in passing."""
        for submission in submissions:
            key = self.keys[submission.name] = key_of(self._course, submission)
            known = None if self._force else self._store.find(key)
            as_kept = self._look_back(submission, key, known)
            if known and not any(item.outcome == "broken" for item in known.items):
                report = replace(known, notes=()) if known.notes else known
                self.finish(submission, report, reused=True, as_kept=as_kept)
            else:
                self.under_way[submission.name] = submission
                yield task_of(self._course, submission)

    def _look_back(self, submission: Submission, key: str, known: Report | None) -> bool:
        """Notes what was kept of the student and lesson before this run; whether *known* is that, word by word."""
        place = (submission.student, submission.lesson)
        if place in self._earlier:
            return False
        same = known is not None and self._store.latest_key(*place) == key
        self._earlier[place] = known if same else self._store.latest_of(*place)
        return known is not None and same and not known.notes

    def finish(
        self,
        submission: Submission,
        report: Report,
        *,
        reused: bool = False,
        as_kept: bool = False,
        seconds: Mapping[str, float] = MappingProxyType({}),
    ) -> None:
        """Keeps *report*, unless the store has it *as_kept*, and all of *submission* that the end of the run needs."""
        if not as_kept:
            self._store.keep(self.keys[submission.name], report, latest=not submission.attempt)
        back = hand_back(self._course, submission, report)
        earlier = self._earlier[submission.student, submission.lesson]
        done = Graded(submission.name, back, submission.ours, reused, earlier, seconds)
        self.graded[submission.name] = done
        self._on_done(done)


def _counting(course: Course, group: Sequence[Graded], store: Store, keys: Mapping[str, str]) -> Graded:
    """The attempt that counts, with a note that says so; it becomes the latest of its student and lesson."""
    if len(group) == 1:
        return group[0]
    best = group[attempts.counting(course, [(done, done.report) for done in group])]
    note = attempts.note(group, best)
    report = replace(best.report, notes=(note,))
    store.keep(keys[best.name], report)
    return replace(best, back=replace(best.back, report=report))


def grade_submission(
    course: Course, submission: Submission, checker: Checker, diagnoser: Diagnoser | None = None
) -> Report:
    """The report of one submission, run at once on *checker*."""
    done = run_alone(checker, task_of(course, submission))
    return report_of(course, submission, done.runs, done.layers, diagnoser)


def key_of(course: Course, submission: Submission) -> str:
    """A hash of everything that decides the report of *submission*."""
    decides = [
        computing(),
        decides_reports(course, submission.lesson),
        submission.student,
        submission.lesson,
        [[cell.label, cell.source] for cell in submission.cells],
        sorted(submission.answers.items()),
        sorted(submission.lesson_cells),
        submission.problems,
        submission.unreadable,
        submission.ours,
    ]
    return hashlib.sha256(json.dumps(decides, ensure_ascii=True).encode()).hexdigest()


def task_of(course: Course, submission: Submission) -> Task:
    """What has to be run for *submission*: one job for each code exercise, none where nothing could be read."""
    if submission.unreadable:
        return Task(submission.name, (), ())
    exercises = [exercise for exercise in _code_exercises(course, submission) if course.checks[exercise.id]]
    own = tuple(cell for cell in submission.cells if cell.label not in submission.lesson_cells)
    jobs = tuple(Job(submission.name, exercise.id, own) for exercise in exercises)
    retries = tuple(
        Job(submission.name, exercise.id, submission.cells) if submission.lesson_cells else None
        for exercise in exercises
    )
    return Task(submission.name, jobs, retries)


def report_of(
    course: Course,
    submission: Submission,
    runs: Iterable[Run],
    layers: tuple[str, ...],
    diagnoser: Diagnoser | None = None,
) -> Report:
    """Marks *submission*: every item of its lesson appears, whatever the runs say."""
    by_exercise = {run.exercise: run for run in runs}
    items = []
    for exercise in _exercises(course, submission):
        if isinstance(exercise, CodeExercise):
            items.append(_mark_code(course, submission, exercise, by_exercise.get(exercise.id), diagnoser))
        elif submission.lesson or exercise.id in submission.answers:
            items.append(_mark_text(course, submission, exercise))
    for question in _questions(course, submission):
        items.append(_mark_question(submission, question))
    return Report(
        submission.student, submission.lesson, tuple(map(shared, items)), submission.problems, layers
    )


def _mark_code(
    course: Course,
    submission: Submission,
    exercise: CodeExercise,
    run: Run | None,
    diagnoser: Diagnoser | None,
) -> ItemReport:
    outcomes = {outcome.id: outcome for outcome in run.outcomes} if run else {}
    silent = ("broken" if submission.ours else "error", _reason(submission))
    checks = []
    for check in course.checks[exercise.id]:
        found = outcomes.get(check.id)
        outcome, message = (found.outcome, found.message) if found else silent
        points = check.points if outcome == "pass" else 0
        checks.append(
            CheckResult(check.id, check.title, outcome, points, check.points, message, check.hint)  # type: ignore[arg-type]
        )
    item = ItemReport(exercise.id, "code", exercise.title, tuple(checks), limits=run.limits if run else ())
    if diagnoser and run and item.points < item.max_points and item.outcome != "broken":
        return ItemReport(
            item.id, "code", item.title, item.checks, diagnoser.diagnose(exercise.id, run), item.limits
        )
    return item


def _reason(submission: Submission) -> str:
    return f"{UNREADABLE}: {submission.problems[-1]}" if submission.problems else UNREADABLE


def _mark_text(course: Course, submission: Submission, exercise: TextExercise) -> ItemReport:
    """A free-text answer gets a suggestion and waits for a person; only an absent one is 0 without."""
    answer = submission.answers.get(exercise.id)
    title = exercise.question
    suggested = None
    if submission.unreadable:
        outcome, message = ("broken" if submission.ours else "error"), _reason(submission)
    elif not (answer or "").strip() or answer is None or not course.is_answered(exercise.id, answer):
        outcome, message = "fail", "no answer was written"
    else:
        outcome, message = "review", "a person reads this answer"
        suggested = suggesting.suggested(course, exercise.id, answer)
    result = CheckResult("answer", title, outcome, 0, exercise.points, message)  # type: ignore[arg-type]
    return ItemReport(exercise.id, "text", title, (result,), suggested=suggested)


def _mark_question(submission: Submission, question: quiz.Question) -> ItemReport:
    if submission.unreadable:
        outcome = "broken" if submission.ours else "error"
        result = CheckResult("answer", question.question, outcome, 0, question.points, _reason(submission))  # type: ignore[arg-type]
    else:
        mark = quiz.mark(question, submission.answers.get(question.id, ""))
        result = CheckResult(
            "answer", question.question, mark.outcome, mark.points, question.points, mark.message
        )
    return ItemReport(question.id, "quiz", question.question, (result,))


def _exercises(course: Course, submission: Submission) -> list[CodeExercise | TextExercise]:
    lessons = [lesson for lesson in course.lessons if submission.lesson in ("", lesson.id)]
    return [exercise for lesson in lessons for exercise in lesson.exercises]


def _code_exercises(course: Course, submission: Submission) -> list[CodeExercise]:
    return [exercise for exercise in _exercises(course, submission) if isinstance(exercise, CodeExercise)]


def _questions(course: Course, submission: Submission) -> list[quiz.Question]:
    """A lesson's questions; of a plain inbox only those that were answered, since .py files hold no quiz."""
    if submission.lesson:
        return [
            question
            for lesson in course.lessons
            if lesson.id == submission.lesson
            for question in lesson.questions
        ]
    return [q for lesson in course.lessons for q in lesson.questions if q.id in submission.answers]


def results_json(reports: Iterable[Report]) -> Iterator[str]:
    """`{student: {exercise: {points, max_points, outcome, checks, diagnosis}}}`, byte-stable, for OUT/results.json, in parts.

    *reports* are sorted by student. A free text has `suggested` besides: what its rubric suggests, which is no grade.
    """
    before = "{"
    for student, group in groupby(reports, key=lambda report: report.student):
        items = {item.id: _item_text(item) for report in group for item in report.items}
        inner = ",".join(items[name] for name in sorted(items))
        name = json.dumps(student, ensure_ascii=False)
        yield f"{before}\n {name}: {{{inner}\n }}" if inner else f"{before}\n {name}: {{}}"
        before = ","
    yield "\n}\n" if before == "," else "{}\n"


@lru_cache(maxsize=2_000)
def _item_text(item: ItemReport) -> str:
    """The lines of one item below its student; made once for all who have the same outcome."""
    text = json.dumps({item.id: _item_json(item)}, ensure_ascii=False, indent=1, sort_keys=True)
    return text[1:-2].replace("\n", "\n ")


def _item_json(item: ItemReport) -> Mapping[str, object]:
    suggested = {"suggested": asdict(item.suggested)} if item.suggested else {}
    return suggested | {
        "points": item.points,
        "max_points": item.max_points,
        "outcome": item.outcome,
        "checks": [
            {
                "id": check.id,
                "title": check.title,
                "outcome": check.outcome,
                "points": check.points,
                "max_points": check.max_points,
                "message": check.message,
            }
            for check in item.checks
        ],
        "diagnosis": "\n".join(item.diagnosis),
    }
