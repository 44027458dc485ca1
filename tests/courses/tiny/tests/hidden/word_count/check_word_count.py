"""What `word_count` must do."""

from __future__ import annotations

from autograder import check


def counts(got):
    """The result as a dict, or a sentence about what it is instead."""
    assert isinstance(got, dict), f"the result must be a dict, not a {type(got).__name__}"
    return got


@check(points=1, hint="`counts[word] = counts.get(word, 0) + 1`")
def test_counts(submission):
    """counts each word"""
    got = counts(submission.word_count("red blue red red blue green"))

    assert got == {"red": 3, "blue": 2, "green": 1}, f"red, blue, red, red, blue, green gave {got}"


@check(points=1, needs=["test_counts"], hint="`word.lower()`")
def test_case(submission):
    """takes upper and lower case as the same"""
    got = counts(submission.word_count("Tea tea TEA"))

    assert got == {"tea": 3}, f"three spellings of one word gave {got}"


@check(points=2, needs=["test_counts"], hint="strip the characters from both ends of each word")
def test_punctuation(submission):
    """drops punctuation at the ends of words, and only there"""
    got = counts(submission.word_count('well, "it\'s" well-known; well! - ...'))

    expected = {"well": 2, "it's": 1, "well-known": 1, "-": 1}
    assert got == expected, (
        f"a text with punctuation has {len(expected)} different words; what came back is {got}"
    )


@check(points=1, needs=["test_counts"], hint="`text.split()` splits at any run of blanks and line ends")
def test_blanks(submission):
    """splits at runs of blanks and line ends, and finds no word in an empty text"""
    got = counts(submission.word_count("a  b\n\na\tb "))
    assert got == {"a": 2, "b": 2}, (
        f"two words with several blanks, tabs and line ends between them gave {got}"
    )

    got = counts(submission.word_count(""))
    assert got == {}, f"an empty text gave {got}"
