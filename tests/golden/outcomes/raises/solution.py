import numpy as np


def moving_average(values, window):
    means = []
    for i in range(len(values)):
        means.append(sum(values[i + j] for j in range(window)) / window)
    return np.array(means)


def word_count(text):
    counts = {}
    for word in text.split():
        counts[word.lower()] += 1
    return counts
