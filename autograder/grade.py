"""One grading run: submissions in, a `Report` for each out, kept as soon as it is there.

Marking happens here: OUR list of checks and points, THEIR outcomes. A submission can change the outcome of a check
that we know; it can neither add a check nor name a number. Quiz answers are read as literals, never executed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cache, lru_cache
from importlib.metadata import version
from itertools import groupby

from autograder import __version__, attempts, quiz, suggesting
from autograder.checking import Checker, Job, Run
from autograder.content import CodeExercise, TextExercise
from autograder.course import Course
from autograder.diagnosis import Diagnoser
from autograder.executors import Executor, Task, run_alone
from autograder.report import CheckResult, ItemReport, Report, shared
from autograder.store import Store
from autograder.submissions import Submission

UNREADABLE = "nothing could be read from what was handed in"


@dataclass(frozen=True)
class Graded:
    """One graded submission, whether its report was there already, what was kept of its student and lesson before, and how
    many seconds each exercise took."""

    submission: Submission
    report: Report
    reused: bool = False
    earlier: Report | None = None
    seconds: Mapping[str, float] = field(default_factory=dict)


def grade_all(
    course: Course,
    submissions: Sequence[Submission],
    store: Store,
    executor: Executor,
    *,
    diagnoser: Diagnoser | None = None,
    force: bool = False,
    on_done: Callable[[Graded], None] = lambda _: None,
) -> list[Graded]:
    """Grades every submission, keeping each report at once, and gives them back in the order of *submissions*.

    Equal content is not graded twice unless *force*. Interrupted, it leaves everything finished in the store. Of several
    attempts of one student at one lesson, only the one that counts is given back.
    """
    latest = store.latest_keys()
    keys = {submission.name: key_of(course, submission) for submission in submissions}
    graded: dict[str, Graded] = {}
    as_kept: set[str] = set()  # what the store has, word by word, as the latest of its student and lesson

    def finish(done: Graded) -> None:
        if done.submission.name not in as_kept:
            store.keep(keys[done.submission.name], done.report, latest=not done.submission.attempt)
        graded[done.submission.name] = done
        on_done(done)

    tasks: dict[str, tuple[Submission, Task]] = {}
    earlier: dict[tuple[str, str], Report | None] = {}
    for submission in submissions:
        known = None if force else store.find(keys[submission.name])
        place = (submission.student, submission.lesson)
        if place not in earlier:
            same = known is not None and latest.get(place) == keys[submission.name]
            earlier[place] = known if same else store.latest_of(*place)
            if same and known and not known.notes:
                as_kept.add(submission.name)
        if known and not any(item.outcome == "broken" for item in known.items):
            finish(Graded(submission, replace(known, notes=()), reused=True))
        else:
            tasks[submission.name] = (submission, task_of(course, submission))
    for done in executor.run([task for _, task in tasks.values()]):
        submission = tasks[done.key][0]
        report = report_of(course, submission, done.runs, done.layers, diagnoser)
        finish(Graded(submission, report, seconds={run.exercise: run.seconds for run in done.runs}))
    groups = [[graded[one.name] for one in group] for group in attempts.grouped(submissions)]
    counting = [_counting(course, group, store, keys) for group in groups]
    return [
        replace(done, earlier=earlier[done.submission.student, done.submission.lesson]) for done in counting
    ]


def _counting(course: Course, group: Sequence[Graded], store: Store, keys: Mapping[str, str]) -> Graded:
    """The attempt that counts, with a note that says so; it becomes the latest of its student and lesson."""
    if len(group) == 1:
        return group[0]
    best = group[attempts.counting(course, [(done.submission, done.report) for done in group])]
    note = attempts.note([done.submission for done in group], best.submission)
    counted = replace(best, report=replace(best.report, notes=(note,)))
    store.keep(keys[best.submission.name], counted.report)
    return counted


def grade_submission(
    course: Course, submission: Submission, checker: Checker, diagnoser: Diagnoser | None = None
) -> Report:
    """The report of one submission, run at once on *checker*."""
    done = run_alone(checker, task_of(course, submission))
    return report_of(course, submission, done.runs, done.layers, diagnoser)


def key_of(course: Course, submission: Submission) -> str:
    """A hash of everything that decides the report of *submission*."""
    decides = [
        __version__,
        _numpy_version(),
        course.digest,
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


@cache
def _numpy_version() -> str:
    return version("numpy")  # reads a file


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


@lru_cache(maxsize=20_000)
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
