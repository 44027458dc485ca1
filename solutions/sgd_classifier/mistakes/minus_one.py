"""Your labels are -1 and 1: they must be 0 and 1, as in y_train."""

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
    return 2 * model.predict(X_test).astype(int) - 1
