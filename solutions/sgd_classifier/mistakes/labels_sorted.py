"""Your labels are sorted: each must stand at the place of its row."""

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
    return np.sort(model.predict(X_test).astype(int))
