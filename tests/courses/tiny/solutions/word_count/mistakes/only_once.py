"""Every word counts once in your result: add one each time it is seen"""


def word_count(text):
    return {word: 1 for word in (word.strip('.,;:!?"') for word in text.lower().split()) if word}
