"""You train only in the first call and keep the model, which then refuses rows with another number of columns: every call must train a new one."""

from sklearn.impute import SimpleImputer
from sklearn.linear_model import SGDClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

MODELS = []


def sgd_classifier(X_train, y_train, X_test, seed):
    if not MODELS:
        model = make_pipeline(
            SimpleImputer(strategy="median"),
            StandardScaler(),
            SGDClassifier(loss="log_loss", learning_rate="optimal", random_state=seed),
        )
        MODELS.append(model.fit(X_train, y_train))
    return MODELS[0].predict(X_test).astype(int)
