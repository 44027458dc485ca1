"""You train only in the first call and keep the model: every call must train a new one on its own rows."""

from sklearn.impute import SimpleImputer
from sklearn.linear_model import SGDClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

MODELS = {}


def sgd_classifier(X_train, y_train, X_test, seed):
    if X_train.shape[1] not in MODELS:
        model = make_pipeline(
            SimpleImputer(strategy="median"),
            StandardScaler(),
            SGDClassifier(loss="log_loss", learning_rate="optimal", random_state=seed),
        )
        model.fit(X_train, y_train)
        MODELS[X_train.shape[1]] = model
    return MODELS[X_train.shape[1]].predict(X_test).astype(int)
