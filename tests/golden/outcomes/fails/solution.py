import numpy as np


def moving_average(values, window):
    return np.array([sum(values[i : i + window]) for i in range(len(values) - window + 1)])


def word_count(text):
    return {word: text.split().count(word) for word in text.split()}
