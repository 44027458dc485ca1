"""A Counter: a check that wants the type `dict` itself would refuse it if it were not made plain."""

from collections import Counter


def word_count(text):
    words = (word.strip('.,;:!?"').casefold() for word in text.split())
    return dict(Counter(word for word in words if word))
