"""A dict and a loop."""


def word_count(text):
    counts = {}
    for word in text.split():
        word = word.lower().strip('.,;:!?"')
        if word:
            counts[word] = counts.get(word, 0) + 1
    return counts
