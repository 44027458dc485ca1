"""You put the border between the labels at the median of the test rows, so that one half of them is always a 1: a label then depends on who else is in X_test. The border is the probability 0.5; `predict` does it for you."""

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
    chances = model.predict_proba(X_test)[:, 1]
    return (chances > np.median(chances)).astype(int)
