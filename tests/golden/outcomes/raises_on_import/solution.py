import numpy as np


def moving_average(values, window):
    values = np.array(values, dtype=float)
    return np.array([values[i : i + window].mean() for i in range(max(len(values) - window + 1, 0))])


print(moving_average([1, 2, 3], 2)[5])


def word_count(text):
    counts = {}
    for word in text.split():
        word = word.lower().strip('.,;:!?"')
        if word:
            counts[word] = counts.get(word, 0) + 1
    return counts
