"""Fitting and transforming step by step, without a pipeline. Catches a check that looks for one."""

import numpy as np
from sklearn.impute import SimpleImputer
from sklearn.linear_model import SGDClassifier
from sklearn.preprocessing import StandardScaler


def sgd_classifier(X_train, y_train, X_test, seed):
    imputer, scaler = SimpleImputer(strategy="median"), StandardScaler()
    X_fit = scaler.fit_transform(imputer.fit_transform(X_train))
    X_new = scaler.transform(imputer.transform(X_test))
    classifier = SGDClassifier(loss="log_loss", learning_rate="optimal", random_state=seed)
    classifier.fit(X_fit, y_train)
    return np.array([int(label) for label in classifier.predict(X_new)])
