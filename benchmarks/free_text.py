"""How long a free-text answer takes: the median over the project's own answers, and the worst of 20,000 hostile characters.

    python benchmarks/free_text.py

Time of the processor is measured, and nothing is asserted: a busy machine is no fault of the code. Aimed at: 5 ms for an answer, 50 ms for hostile text.
"""

from __future__ import annotations

import platform
import random
import statistics
import string
import time
from collections.abc import Callable
from pathlib import Path

from autograder import suggesting, textbench
from autograder.course import read_course
from autograder.freetext import Matcher

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 5

HOSTILE = {
    "one letter": "a" * 20_000,
    "one long word, again and again": f"{'overshoot' * 4} " * 500,
    "every condition, no end": "if too large small not never overshoot diverge slow " * 400,
    "negations": "not " * 5_000,
    "nothing but commas": "large,small,not,overshoot," * 800,
    "apostrophes": "n't'" * 5_000,
    "nearly right words": "overshoat divrege lerning stepsiz " * 600,
    "new lines": "large\n- overshoot\n" * 1_100,
    "combining marks": "o\u0301\u0302\u0303" * 5_000,
    "brackets": "([{<" * 5_000,
}


def strange_words(number: int) -> str:
    """Words that nobody has seen, others for each *number*: what was looked up once is kept."""
    chance = random.Random(number)  # noqa: S311  no secret
    return " ".join("".join(chance.choices(string.ascii_lowercase, k=8)) for _ in range(2_000))


def misspelt_words(number: int) -> str:
    """Technical words, each with another typing error."""
    chance = random.Random(number)  # noqa: S311  no secret
    words = "learning overshoot diverge converge minimum gradient parameters adaptive momentum optimizer oscillate".split()
    places = ((chance.choice(words), chance.randint(1, 5)) for _ in range(2_000))
    return " ".join(word[:at] + chance.choice(string.ascii_lowercase) + word[at:] for word, at in places)


NEVER_THE_SAME: dict[str, Callable[[int], str]] = {
    "strange words": strange_words,
    "misspelt words": misspelt_words,
}


def milliseconds(matcher: Matcher, answer: Callable[[int], str]) -> float:
    """The best of a few rounds; *answer* gives the text of each."""
    best = float("inf")
    for number in range(ROUNDS):
        text = answer(number)[:20_000]
        started = time.process_time()
        matcher.suggest(text)
        best = min(best, time.process_time() - started)
    return best * 1000


def main() -> None:
    course = read_course(ROOT)
    labelled = textbench.find_labelled(course)
    print(f"Python {platform.python_version()} on {platform.machine()}")
    for exercise in course.text_exercises:
        started = time.process_time()
        matcher = suggesting.matcher_of(course, exercise.id)
        compiled = (time.process_time() - started) * 1000
        times = sorted(
            milliseconds(matcher, lambda _, text=one.answer: text)  # type: ignore[misc]
            for one in labelled
            if one.exercise == exercise.id
        )
        hostile = {name: lambda _, text=text: text for name, text in HOSTILE.items()} | NEVER_THE_SAME
        worst = max((milliseconds(matcher, text), name) for name, text in hostile.items())
        print(
            f"{exercise.id:20} compiled in {compiled:5.1f} ms; {len(times):3} answers: median {statistics.median(times):.2f} ms,"
            f" slowest {times[-1]:.2f} ms; hostile: {worst[0]:.1f} ms ({worst[1]})"
        )


if __name__ == "__main__":
    main()
