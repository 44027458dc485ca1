"""You write into the caller's arrays when you fill the holes: fill copies."""

import numpy as np
from sklearn.linear_model import SGDClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def sgd_classifier(X_train, y_train, X_test, seed):
    medians = np.nanmedian(X_train, axis=0)
    for X in (X_train, X_test):
        rows, columns = np.nonzero(np.isnan(X))
        X[rows, columns] = medians[columns]
    model = make_pipeline(
        StandardScaler(), SGDClassifier(loss="log_loss", learning_rate="optimal", random_state=seed)
    )
    model.fit(X_train, y_train)
    return model.predict(X_test).astype(int)
