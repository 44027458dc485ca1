import numpy as np


def moving_average(values, window):
    means = []
    start = 0
    while start + window <= len(values):
        means.append(np.mean(values[start : start + window]))
    return np.array(means)


def word_count(text):
    counts = {}
    for word in text.split():
        word = word.lower().strip('.,;:!?"')
        if word:
            counts[word] = counts.get(word, 0) + 1
    return counts
