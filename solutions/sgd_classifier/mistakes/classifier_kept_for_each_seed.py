"""You keep the trained classifier under its seed: another call with the same seed then answers for training rows, and columns, that it was not given."""

from sklearn.impute import SimpleImputer
from sklearn.linear_model import SGDClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

classifiers = {}


def sgd_classifier(X_train, y_train, X_test, seed):
    prepare = make_pipeline(SimpleImputer(strategy="median"), StandardScaler())
    prepared = prepare.fit_transform(X_train)
    if seed not in classifiers:
        classifier = SGDClassifier(loss="log_loss", learning_rate="optimal", random_state=seed)
        classifiers[seed] = classifier.fit(prepared, y_train)
    return classifiers[seed].predict(prepare.transform(X_test)).astype(int)
