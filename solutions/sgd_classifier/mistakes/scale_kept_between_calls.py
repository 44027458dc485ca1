"""You keep what the columns are scaled with, and go on using it in the next call: every call must learn it from its own training rows."""

from sklearn.impute import SimpleImputer
from sklearn.linear_model import SGDClassifier
from sklearn.preprocessing import StandardScaler

SCALERS = {}


def sgd_classifier(X_train, y_train, X_test, seed):
    imputer = SimpleImputer(strategy="median").fit(X_train)
    train, test = imputer.transform(X_train), imputer.transform(X_test)
    n_columns = X_train.shape[1]
    if n_columns not in SCALERS:
        SCALERS[n_columns] = StandardScaler().fit(train)
    scaler = SCALERS[n_columns]
    model = SGDClassifier(loss="log_loss", learning_rate="optimal", random_state=seed)
    model.fit(scaler.transform(train), y_train)
    return model.predict(scaler.transform(test)).astype(int)
