"""You change the rule by which the training stops, so that it ends too early: leave `early_stopping`, `tol` and `n_iter_no_change` as they are."""

from sklearn.impute import SimpleImputer
from sklearn.linear_model import SGDClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def sgd_classifier(X_train, y_train, X_test, seed):
    model = SGDClassifier(loss="log_loss", learning_rate="optimal", random_state=seed, early_stopping=True)
    model = make_pipeline(SimpleImputer(strategy="median"), StandardScaler(), model)
    model.fit(X_train, y_train)
    return model.predict(X_test).astype(int)
