"""Your classifier stands outside the function and goes on learning in every call, with `partial_fit`: make a new one in each call."""

from sklearn.impute import SimpleImputer
from sklearn.linear_model import SGDClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

MODEL = SGDClassifier(loss="log_loss", learning_rate="optimal")


def sgd_classifier(X_train, y_train, X_test, seed):
    prepare = make_pipeline(SimpleImputer(strategy="median"), StandardScaler()).fit(X_train)
    MODEL.set_params(random_state=seed)
    for _ in range(30):
        MODEL.partial_fit(prepare.transform(X_train), y_train, classes=[0, 1])
    return MODEL.predict(prepare.transform(X_test)).astype(int)
