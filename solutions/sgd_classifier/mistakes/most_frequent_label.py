"""You predict the same label for every row, the one that is most frequent in y_train."""

import numpy as np


def sgd_classifier(X_train, y_train, X_test, seed):
    values, counts = np.unique(y_train, return_counts=True)
    return np.full(len(X_test), values[np.argmax(counts)], dtype=int)
