"""You count `The` and `the` as two words: turn the text into lower case first"""


def word_count(text):
    counts = {}
    for word in text.split():
        word = word.strip('.,;:!?"')
        if word:
            counts[word] = counts.get(word, 0) + 1
    return counts
