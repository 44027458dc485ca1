"""Takes the label 1 where the probability is above one half. Catches a check that looks for `predict`."""

import numpy as np
from sklearn.impute import SimpleImputer
from sklearn.linear_model import SGDClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def sgd_classifier(X_train, y_train, X_test, seed):
    model = make_pipeline(
        SimpleImputer(strategy="median"),
        StandardScaler(),
        SGDClassifier(loss="log_loss", learning_rate="optimal", random_state=seed),
    )
    model.fit(X_train, y_train)
    return np.where(model.predict_proba(X_test)[:, 1] > 0.5, 1, 0)
