"""You scale the test rows with their own mean and deviation: `fit_transform` on X_test learns from it. A row alone becomes 0 in all its columns."""

from sklearn.impute import SimpleImputer
from sklearn.linear_model import SGDClassifier
from sklearn.preprocessing import StandardScaler


def sgd_classifier(X_train, y_train, X_test, seed):
    filler = SimpleImputer(strategy="median").fit(X_train)
    scaler = StandardScaler().fit(filler.transform(X_train))
    model = SGDClassifier(loss="log_loss", learning_rate="optimal", random_state=seed)
    model.fit(scaler.transform(filler.transform(X_train)), y_train)
    return model.predict(StandardScaler().fit_transform(filler.transform(X_test))).astype(int)
