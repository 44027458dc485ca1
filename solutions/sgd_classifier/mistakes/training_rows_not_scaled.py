"""You scale the test rows but not the training rows: the model has learned from numbers of quite another size."""

from sklearn.impute import SimpleImputer
from sklearn.linear_model import SGDClassifier
from sklearn.preprocessing import StandardScaler


def sgd_classifier(X_train, y_train, X_test, seed):
    filler = SimpleImputer(strategy="median").fit(X_train)
    filled, new = filler.transform(X_train), filler.transform(X_test)
    scaler = StandardScaler().fit(filled)
    model = SGDClassifier(loss="log_loss", learning_rate="optimal", random_state=seed)
    model.fit(filled, y_train)
    return model.predict(scaler.transform(new)).astype(int)
