"""Your code expects eight columns: the number of columns must be that of X_train."""

import numpy as np
from sklearn.impute import SimpleImputer
from sklearn.linear_model import SGDClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def sgd_classifier(X_train, y_train, X_test, seed):
    X_train = np.reshape(X_train, (-1, 8))
    model = make_pipeline(
        SimpleImputer(strategy="median"),
        StandardScaler(),
        SGDClassifier(loss="log_loss", learning_rate="optimal", random_state=seed),
    )
    model.fit(X_train, y_train)
    return model.predict(X_test).astype(int)
