"""You count letters: split the text into words first"""


def word_count(text):
    counts = {}
    for letter in text.lower():
        counts[letter] = counts.get(letter, 0) + 1
    return counts
