"""You learn the scale from training and test rows together: the label of a row then depends on who else is in X_test. Learn filling and scaling from the training rows alone."""

import numpy as np
from sklearn.impute import SimpleImputer
from sklearn.linear_model import SGDClassifier
from sklearn.preprocessing import StandardScaler


def sgd_classifier(X_train, y_train, X_test, seed):
    everything = np.vstack([X_train, X_test])
    everything = SimpleImputer(strategy="median").fit_transform(everything)
    everything = StandardScaler().fit_transform(everything)
    model = SGDClassifier(loss="log_loss", learning_rate="optimal", random_state=seed)
    model.fit(everything[: len(X_train)], y_train)
    return model.predict(everything[len(X_train) :]).astype(int)
