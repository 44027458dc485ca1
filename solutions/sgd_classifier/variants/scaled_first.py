"""Scales with the columns' own numbers, holes left aside, and then writes 0 into the holes. Catches a check that wants the holes to be filled first."""

import numpy as np
from sklearn.linear_model import SGDClassifier


def sgd_classifier(X_train, y_train, X_test, seed):
    mean, deviation = np.nanmean(X_train, axis=0), np.nanstd(X_train, axis=0)
    model = SGDClassifier(loss="log_loss", learning_rate="optimal", random_state=seed)
    model.fit(np.nan_to_num((X_train - mean) / deviation), y_train)
    return model.predict(np.nan_to_num((X_test - mean) / deviation)).astype(int)
