"""You fill the holes of the training rows with one statistic of the column and those of the test rows with another: fill both alike."""

import numpy as np
from sklearn.linear_model import SGDClassifier
from sklearn.preprocessing import StandardScaler


def sgd_classifier(X_train, y_train, X_test, seed):
    medians, means = np.nanmedian(X_train, axis=0), np.nanmean(X_train, axis=0)
    learn, new = np.where(np.isnan(X_train), medians, X_train), np.where(np.isnan(X_test), means, X_test)
    scaler = StandardScaler().fit(learn)
    model = SGDClassifier(loss="log_loss", learning_rate="optimal", random_state=seed)
    model.fit(scaler.transform(learn), y_train)
    return model.predict(scaler.transform(new)).astype(int)
