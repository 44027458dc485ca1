"""You fill and scale with one mean and one deviation of the whole table: each column needs its own."""

import numpy as np
from sklearn.linear_model import SGDClassifier


def sgd_classifier(X_train, y_train, X_test, seed):
    mean, deviation = np.nanmean(X_train), np.nanstd(X_train)
    X_train = (np.where(np.isnan(X_train), mean, X_train) - mean) / deviation
    X_test = (np.where(np.isnan(X_test), mean, X_test) - mean) / deviation
    model = SGDClassifier(loss="log_loss", learning_rate="optimal", random_state=seed)
    model.fit(X_train, y_train)
    return model.predict(X_test).astype(int)
