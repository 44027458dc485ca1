"""You fill the holes with a number in which columns are mixed, such as the mean of the row or the median of the whole table: an age is no substitute for an income. Use the column."""

import numpy as np
from sklearn.linear_model import SGDClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def sgd_classifier(X_train, y_train, X_test, seed):
    X_train = np.where(np.isnan(X_train), np.nanmean(X_train, axis=1, keepdims=True), X_train)
    X_test = np.where(np.isnan(X_test), np.nanmean(X_test, axis=1, keepdims=True), X_test)
    model = make_pipeline(
        StandardScaler(), SGDClassifier(loss="log_loss", learning_rate="optimal", random_state=seed)
    )
    model.fit(X_train, y_train)
    return model.predict(X_test).astype(int)
