"""What makes a suggestion doubtful: rules about an answer as a whole, each with words for the person who decides.

Each rule says nothing about right or wrong; it says why somebody should look. Which points are given is for `matcher`.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from autograder.freetext import negation
from autograder.freetext.lexicon import FUNCTION_WORDS, stem
from autograder.freetext.listing import is_bare
from autograder.freetext.reading import Reading, sentences

REACH_OF_EVIDENCE = 5
"""A word this near to evidence, in the same sentence, counts as read."""


BESIDE = 4
"""More words that say something of their own may hold another statement, however near they are."""

CLAUSE_THAT_TELLS = 2
"""So many new words make a statement."""


@dataclass(frozen=True, slots=True)
class Flag:
    """Something about an answer that a person should know; with `review` somebody must look."""

    name: str
    message: str
    review: bool = True


_MESSAGES = {
    "empty": "there is no answer",
    "copies_question": "the answer only repeats the question",
    "keyword_list": "holds a list of terms without sentences, which was not credited; a person decides",
    "dense": "holds more technical terms, and fewer small words between them, than sentences do",
    "repetitive": "says the same words again and again",
    "addresses_grader": "speaks to whoever grades; these sentences were not read for points",
    "script": "much of it is not written in Latin letters; only English can be read",
    "long": "is longer than asked for",
    "negated": "denies something that the rubric asks for",
    "swapped": "gives the effect of a large value to a small one, or the other way round",
    "misconception": "seems to hold a misconception",
    "weak": "was credited for words that only often mean what the rubric asks for",
    "presumed": "was credited for a condition of which it says something that could not be read",
    "figurative": "speaks in a picture or a comparison",
    "doubtful": "a negation or a contradiction stands near what was credited",
    "other_subject": "speaks of another subject, too; what is said of that does not count",
    "zero": "nothing of the rubric was found",
    "zero_but_substantial": "nothing of the rubric was found, but the answer says something",
    "unexplained": "a good part of the answer could not be read",
    "misspelt": "holds a word that may be misspelt and was not understood, and not all points were found",
    "half_said": "names a condition or a consequence, but not what belongs to it",
}
_HARMLESS = frozenset({"empty", "copies_question"})

_LANGUAGES = {
    "de": """der die das und ist nicht ein eine einen wenn zu den dem des mit für auf sich wird werden sind auch im
        von bei dass oder als man kann sehr weil""",
    "fr": """le la les des et est une un que qui dans pour pas sur avec plus ne si du au ce cette sont trop par ou
        il elle""",
    "es": """el la los las y es un una que en de por con para no si del al se muy son más como lo su demasiado""",
    "it": "il lo la gli le è un una che di in per con non se del della sono più come troppo si e",
    "pt": "o os as um uma que de em para com não se do da é são mais como muito no na e",
    "nl": "de het een en is niet van te dat als met voor op zijn wordt ook om bij aan naar wel veel",
    "pl": "i w na z do nie jest się to że jak dla jeśli przez bardzo lub",
}
_FOREIGN = {
    name: frozenset(words.split()) - FUNCTION_WORDS - {"no", "was", "so"}
    for name, words in _LANGUAGES.items()
}

_VAGUE = frozenset(
    stem(word)
    for word in """good bad well better best worse important importance very result results model models work works
    working use used uses using thing things way ways lot lots big role really need needed useful helpful help helps
    affect affects influence impact performance effect machine learning train training neural network networks
    algorithm algorithms method optimizer optimizers parameter hyperparameter hyperparameters key crucial essential
    everything basically combine combines combination usually example say says called people everybody everyone popular famous great nice correct right wrong problem problems""".split()
)
"""Stems that may stand in an answer without saying anything about its subject."""

_GRADER = frozenset("grader graders rubric rubrics examiner examiners corrector marker markers".split())
_KNOWING = frozenset(
    "know knew studied learned learnt understand understood revised prepared practised practiced remember".split()
)
_TELLING = frozenset("that how why if when because it".split())
_GOES_ON = frozenset("it this that they so".split())
_REWARDS = frozenset("mark marks point points credit credits score scores grade grades".split())
_AMOUNTS = frozenset("full maximum max all maximal highest top perfect complete".split())
_GIVING = frozenset("give award grant assign deserve deserves deserved receive add grade score".split())
_PICTURES = frozenset("imagine imagining metaphor metaphorically analogy picture suppose".split())
_COMPARISONS = frozenset(
    {
        ("think", "of"),
        ("like", "a"),
        ("like", "an"),
        ("like", "when"),
        ("like", "the"),
        ("as", "if"),
        ("like", "if"),
    }
)
_DISPUTE = frozenset(
    """myth untrue false incorrect misconception nonsense lie unknown unclear unsure disagree doubt doubtful debatable
    disputed allegedly supposedly badly""".split()
)


def flag(name: str, message: str = "") -> Flag:
    """The flag of that name with its usual message, or another one."""
    return Flag(name, message or _MESSAGES[name], name not in _HARMLESS)


def content_stems(reading: Reading) -> Iterator[str]:
    """The stems of the words that say something, in order."""
    return (stem(word.text) for word in reading.words if _is_content(word.text))


def sentences_to_grader(reading: Reading) -> frozenset[int]:
    """The sentences that speak to whoever grades."""
    rows: dict[int, list[str]] = {}
    for word in reading.words:
        rows.setdefault(word.sentence, []).append(word.text)
    found: set[int] = set()
    for number, words in rows.items():
        # "this is for the grader: my answer was lost. It named ..., so please count it"
        if _speaks_to_grader(words) or (number - 1 in found and words[0] in _GOES_ON):
            found.add(number)
    if found:
        found.update(number for number, words in rows.items() if _claims_to_know(words) or is_bare(words))
    return frozenset(found)


def disputes(reading: Reading) -> bool:
    """Whether the answer calls something untrue, so that what it says may be the opposite of what it means."""
    words = [word.text for word in reading.words]
    pairs = set(itertools.pairwise(words))
    return (
        not _DISPUTE.isdisjoint(words)
        or ("not", "true") in pairs
        or not pairs.isdisjoint({("wrong", "that"), ("is", "wrong")})
    )


def is_figurative(reading: Reading) -> bool:
    """Whether the answer announces a picture: "imagine", "think of", "it is like a"."""
    words = [word.text for word in reading.words]
    pairs = set(itertools.pairwise(words))
    return not _PICTURES.isdisjoint(words) or not _COMPARISONS.isdisjoint(pairs)


def language_of(reading: Reading) -> str:
    """The language whose common words outnumber the English ones, or nothing."""
    words = [word.text for word in reading.words]
    english = sum(word in FUNCTION_WORDS for word in words)
    counts = {name: sum(word in known for word in words) for name, known in _FOREIGN.items()}
    name = max(counts, key=lambda one: (counts[one], one))
    several = len(_FOREIGN[name].intersection(words)) >= 2  # "w = w - ..." is no Polish
    return name if several and counts[name] > english else ""


def is_empty(reading: Reading) -> bool:
    return len(reading.words) < 2


def copies(reading: Reading, question: Collection[str]) -> bool:
    """Whether more than four of five content words come from the question and no more than one says something new."""
    stems: set[str] = set()  # said twice is still said once
    strange = 0
    for one in content_stems(reading):
        strange += one not in question and one not in stems
        stems.add(one)
        if 4 * strange > len(question):  # no need to stem all of a long answer
            return False
    return len(stems) - strange > 0.8 * len(stems) and len(_new(stems, question)) <= 1


def shape_flags(reading: Reading, evidence: Collection[int], max_words: int) -> list[Flag]:
    """What the form of an answer gives away: density, repetition, length, language, script."""
    flags = []
    words = reading.words
    if _is_dense(reading, evidence):
        flags.append(flag("dense"))
    if len(words) > 20 and len({word.text for word in words}) < 0.45 * len(words):
        flags.append(flag("repetitive"))
    if len(words) > max_words or reading.cut:
        flags.append(flag("long", f"has {len(words):,} words; {max_words} were asked for"))
    language = language_of(reading)
    if language:
        flags.append(Flag(f"language:{language}", f"seems to be written in another language ({language})"))
    if _other_script(reading.text):
        flags.append(flag("script"))
    return flags


def unread_flags(
    reading: Reading,
    evidence: Collection[int],
    read: Collection[int],
    known: Collection[int],
    question: Collection[str],
    *,
    total: float,
    maximum: float,
) -> list[Flag]:
    """Whether an answer that did not get all points says more than was understood.

    *evidence* are the places of the words that earned points, *read* those of all statements that were found, *known*
    those of words that the rubric knows at all.
    """
    if total >= maximum:
        return []
    new = [number for number, word in enumerate(reading.words) if tells(word.text, question)]
    if total <= 0 or not evidence:
        substantial = len({stem(reading.words[one].text) for one in new}) >= 3
        return [flag("zero_but_substantial" if substantial else "zero")]
    unread = [one for one in new if not _near(reading, one, evidence)]
    strange = {stem(reading.words[one].text) for one in new if one not in known and one not in evidence}
    denied = any(place not in evidence for place in negation.negators(reading))
    beside = {stem(reading.words[one].text) for one in new if one not in evidence}
    much = len(unread) >= 4 or len(unread) > 0.6 * len(new) or len(strange) >= 3 or len(beside) > BESIDE
    return [flag("unexplained")] if much or denied or _has_unread_clause(reading, new, read) else []


def _has_unread_clause(reading: Reading, new: Collection[int], read: Collection[int]) -> bool:
    """Whether a clause says something of its own and nothing of it was understood."""
    understood = {reading.words[one].clause for one in read}
    told = Counter(reading.words[one].clause for one in new)
    return any(count >= CLAUSE_THAT_TELLS and clause not in understood for clause, count in told.items())


def _near(reading: Reading, place: int, evidence: Collection[int]) -> bool:
    sentence = reading.words[place].sentence
    return any(
        one in evidence and reading.words[one].sentence == sentence
        for one in range(
            max(0, place - REACH_OF_EVIDENCE), min(len(reading.words), place + REACH_OF_EVIDENCE + 1)
        )
    )


def _is_content(word: str) -> bool:
    return len(word) > 1 and word not in FUNCTION_WORDS and not word[0].isdigit()


def tells(word: str, question: Collection[str]) -> bool:
    """Whether *word* says something about the subject that the question did not."""
    return _is_content(word) and _says_something(stem(word), question)


def _says_something(one: str, question: Collection[str]) -> bool:
    return one not in question and one not in _VAGUE


def _new(stems: Iterable[str], question: Collection[str]) -> set[str]:
    return {one for one in stems if _says_something(one, question)}


def _speaks_to_grader(words: list[str]) -> bool:
    here = set(words)
    rewarded = not here.isdisjoint(_REWARDS)
    return (
        not here.isdisjoint(_GRADER)
        or ("marking" in here or "grading" in here)
        or ("instructions" in here and not here.isdisjoint({"ignore", "previous", "disregard", "follow"}))
        or (
            rewarded
            and not here.isdisjoint(_AMOUNTS)
            and not here.isdisjoint(_GIVING | {"please", "answer", "worth"})
        )
        or (rewarded and not here.isdisjoint({"give", "award", "grant", "assign", "deserve", "deserves"}))
        or not here.isdisjoint({"deserve", "deserves", "deserved"})
        or ("please" in here and not here.isdisjoint({"generous", "pass", "accept", "kind"}))
        or ("please" in here and not here.isdisjoint(_GIVING))
        or (words[0] == "system" and not here.isdisjoint({"student", "mark", "set", "found", "override"}))
        or ("answer" in here and not here.isdisjoint({"this", "my"}) and not here.isdisjoint(_PRAISE))
        or ("answer" in words[:2] and not _PRAISE.isdisjoint(words[1:4]))
    )


def _claims_to_know(words: list[str]) -> bool:
    """Whether a sentence names what somebody knows, and not what is so: "I know about tuning", not "I know that ..."."""
    start = words.index("i") if "i" in words else len(words)
    return not _KNOWING.isdisjoint(words[start : start + 4]) and _TELLING.isdisjoint(words[start:])


_PRAISE = frozenset(
    "correct complete mentions contains contained covers covered included perfect right explains explained fully".split()
)


_GLUE = frozenset(
    "the a an it its is are be was to of in you we they that this for with by per each our i would my".split()
)
"""A sentence of eight words has one of these, a longer one two; words thrown together have not."""


def _is_dense(reading: Reading, evidence: Collection[int]) -> bool:
    words = reading.words
    if len(words) >= 12 and len(evidence) > 0.85 * len(words):
        return True
    rows = [row for row in sentences(reading) if len(row) >= 8]
    loose = any(sum(words[one].text in _GLUE for one in row) < min(2, len(row) - 7) for row in rows)
    return loose or any(
        sum(words[one].text in FUNCTION_WORDS for one in row) < 0.25 * len(row)
        and (not evidence or not set(row).isdisjoint(evidence))
        for row in rows
    )


def _other_script(text: str) -> bool:
    if text.isascii():
        return False
    letters = [character for character in text if character.isalpha()]
    foreign = sum(
        not unicodedata.name(letter, "").startswith("LATIN") for letter in letters if letter > "\x7f"
    )
    return foreign > 0.2 * len(letters)
