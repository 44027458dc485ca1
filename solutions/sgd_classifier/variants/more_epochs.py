"""Allows more epochs than the default and prints how many were used. Catches a check that compares with one fixed training, or forbids printing."""

from sklearn.impute import SimpleImputer
from sklearn.linear_model import SGDClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def sgd_classifier(X_train, y_train, X_test, seed):
    model = make_pipeline(
        SimpleImputer(strategy="median"),
        StandardScaler(),
        SGDClassifier(loss="log_loss", learning_rate="optimal", max_iter=5000, tol=1e-4, random_state=seed),
    )
    model.fit(X_train, y_train)
    print("epochs:", model[-1].n_iter_)
    return model.predict(X_test).astype(int)
