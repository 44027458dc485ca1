"""You remove punctuation inside of words too: `it's` is one word with an apostrophe"""


def word_count(text):
    counts = {}
    for word in text.lower().split():
        word = "".join(character for character in word if character.isalpha())
        if word:
            counts[word] = counts.get(word, 0) + 1
    return counts
