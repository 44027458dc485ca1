"""A class of its own around the parts. Catches a check that allows nothing but one function in the file."""

import numpy as np
from sklearn.linear_model import SGDClassifier
from sklearn.preprocessing import StandardScaler


class Judge:
    def __init__(self, seed):
        self.model = SGDClassifier(loss="log_loss", learning_rate="optimal", random_state=seed)

    def learn(self, X, y):
        self.middle = np.nanmedian(X, axis=0)
        self.scaler = StandardScaler()
        self.model.fit(self.scaler.fit_transform(self.filled(X)), y)

    def filled(self, X):
        X = np.array(X, dtype=float)
        for column in range(X.shape[1]):
            X[np.isnan(X[:, column]), column] = self.middle[column]
        return X

    def decide(self, X):
        return self.model.predict(self.scaler.transform(self.filled(X))).astype(int)


def sgd_classifier(X_train, y_train, X_test, seed):
    judge = Judge(seed)
    judge.learn(X_train, y_train)
    return judge.decide(X_test)
