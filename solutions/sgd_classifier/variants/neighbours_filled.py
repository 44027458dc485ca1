"""Fills with the mean of the nearest training rows. Catches a check that wants one number per column."""

from sklearn.impute import KNNImputer
from sklearn.linear_model import SGDClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def sgd_classifier(X_train, y_train, X_test, seed):
    model = make_pipeline(
        KNNImputer(n_neighbors=5),
        StandardScaler(),
        SGDClassifier(loss="log_loss", learning_rate="optimal", random_state=seed),
    )
    model.fit(X_train, y_train)
    return model.predict(X_test).astype(int)
