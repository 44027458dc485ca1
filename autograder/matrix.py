"""Which check catches which known mistake: a table for the terminal, and the same as a web page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from autograder.diagnosis import sentence_of
from autograder.verify import Entry, Verified

_SIGNS = {"pass": ".", "skipped": "-", "broken": "!"}


def lines(verified: Verified) -> Iterator[str]:
    """One line for each check with its number, then one for each mistake: `x` caught, `-` skipped, `.` passed."""
    yield f"{verified.exercise}: which check catches which mistake"
    for number, check in enumerate(verified.checks, 1):
        yield f"  {number:>2}  {check.id} ({check.points}), {check.file}: {check.title}"
    mistakes = verified.of_kind("mistakes")
    width = max((len(entry.name) for entry in mistakes), default=0)
    header = "".join(str(number % 10) for number in range(1, len(verified.checks) + 1))
    yield f"  {'':{width}}  {header}  points left"
    for entry in mistakes:
        yield f"  {entry.name:{width}}  {_signs(verified, entry)}  {verified.points(entry):>3}"
    yield f"  {'mistakes caught':{width}}  " + ", ".join(
        f"{number}: {count}" for number, count in enumerate(_counts(verified), 1)
    )


def _signs(verified: Verified, entry: Entry) -> str:
    return "".join(_SIGNS.get(entry.outcome(check.id).outcome, "x") for check in verified.checks)


def _counts(verified: Verified) -> list[int]:
    """How many mistakes each check catches."""
    return [
        sum(check.id in entry.caught_by() for entry in verified.of_kind("mistakes"))
        for check in verified.checks
    ]


_PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; --line: #8886; --bad: #a3182b; }}
@media (prefers-color-scheme: dark) {{ :root {{ --bad: #ff9aa5; }} }}
body {{ font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; padding: 1rem; }}
table {{ border-collapse: collapse; }}
caption {{ text-align: left; font-weight: bold; }}
th, td {{ padding: .15rem .5rem; border: 1px solid var(--line); text-align: center; }}
th[scope=row] {{ font-weight: normal; text-align: left; }}
thead th {{ vertical-align: bottom; }}
thead th span {{ writing-mode: vertical-rl; font-weight: normal; }}
.caught {{ color: var(--bad); font-weight: bold; }}
</style>
</head>
<body>
<h1>{title}</h1>
<p>A cell says what became of the check in that column on the known mistake in that row:
caught, skipped because an earlier check did not pass, or empty where the check saw nothing wrong.</p>
{body}
</body>
</html>
"""


def page(title: str, exercises: Sequence[Verified]) -> str:
    """The web page about *exercises*; it needs nothing but itself."""
    body = "\n".join(line for verified in exercises for line in _table(verified))
    return _PAGE.format(title=escape(title), body=body)


def _table(verified: Verified) -> Iterator[str]:
    yield f"<h2>{escape(verified.exercise)}</h2>"
    for remark in verified.remarks:
        yield f"<p>{escape(remark)}</p>"
    yield f"<table><caption>{escape(verified.summary())}</caption>"
    heads = "".join(
        f'<th scope="col" title="{escape(check.title)}"><span>{escape(check.id)} ({check.points})</span></th>'
        for check in verified.checks
    )
    yield f'<thead><tr><th scope="col">mistake</th>{heads}<th scope="col">points left</th></tr></thead><tbody>'
    for entry in verified.of_kind("mistakes"):
        cells = "".join(_cell(entry, check.id) for check in verified.checks)
        name = f'<th scope="row" title="{escape(sentence_of(entry.source))}">{escape(entry.name)}</th>'
        yield f"<tr>{name}{cells}<td>{verified.points(entry)}</td></tr>"
    counts = "".join(f"<td>{count}</td>" for count in _counts(verified))
    yield f'</tbody><tfoot><tr><th scope="row">mistakes caught</th>{counts}<td></td></tr></tfoot></table>'


def _cell(entry: Entry, check: str) -> str:
    outcome = entry.outcome(check)
    if outcome.caught:
        return f'<td class="caught" title="{escape(outcome.message)}">{outcome.outcome}</td>'
    return f"<td>{'' if outcome.outcome == 'pass' else outcome.outcome}</td>"
