"""You turn the probabilities into whole numbers by cutting off what stands behind the decimal point: 0.9 becomes 0. Ask whether they are above one half, or use `predict`."""

from sklearn.impute import SimpleImputer
from sklearn.linear_model import SGDClassifier
from sklearn.preprocessing import StandardScaler


def sgd_classifier(X_train, y_train, X_test, seed):
    filler = SimpleImputer(strategy="median").fit(X_train)
    filled, new = filler.transform(X_train), filler.transform(X_test)
    scaler = StandardScaler().fit(filled)
    model = SGDClassifier(loss="log_loss", learning_rate="optimal", random_state=seed)
    model.fit(scaler.transform(filled), y_train)
    return model.predict_proba(scaler.transform(new))[:, 1].astype(int)
