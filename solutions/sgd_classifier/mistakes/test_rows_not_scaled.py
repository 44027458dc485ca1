"""You scale the training rows but not the test rows: the model then sees numbers of quite another size."""

from sklearn.impute import SimpleImputer
from sklearn.linear_model import SGDClassifier
from sklearn.preprocessing import StandardScaler


def sgd_classifier(X_train, y_train, X_test, seed):
    filler = SimpleImputer(strategy="median").fit(X_train)
    scaler = StandardScaler().fit(filler.transform(X_train))
    model = SGDClassifier(loss="log_loss", learning_rate="optimal", random_state=seed)
    model.fit(scaler.transform(filler.transform(X_train)), y_train)
    return model.predict(filler.transform(X_test)).astype(int)
