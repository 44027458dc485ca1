"""Counts in the sorted list: a check that looks at the order of the keys would refuse it."""


def word_count(text):
    words = sorted(word.strip('.,;:!?"') for word in text.lower().split())
    return {word: words.count(word) for word in words if word}
