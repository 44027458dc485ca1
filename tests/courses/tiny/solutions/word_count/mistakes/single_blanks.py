"""You split at every single blank: two blanks in a row give an empty word, and a line end gives none"""


def word_count(text):
    counts = {}
    for word in text.lower().split(" "):
        word = word.strip('.,;:!?"')
        counts[word] = counts.get(word, 0) + 1
    return counts
