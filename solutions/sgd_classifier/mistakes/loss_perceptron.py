"""You train with the loss of the perceptron: write loss='log_loss'."""

from sklearn.impute import SimpleImputer
from sklearn.linear_model import SGDClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def sgd_classifier(X_train, y_train, X_test, seed):
    model = make_pipeline(
        SimpleImputer(strategy="median"),
        StandardScaler(),
        SGDClassifier(loss="perceptron", learning_rate="optimal", random_state=seed),
    )
    model.fit(X_train, y_train)
    return model.predict(X_test).astype(int)
