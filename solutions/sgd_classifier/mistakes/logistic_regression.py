"""You train LogisticRegression, which finds the exact minimum and draws no random numbers: the exercise asks for SGDClassifier."""

from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def sgd_classifier(X_train, y_train, X_test, seed):
    model = make_pipeline(
        SimpleImputer(strategy="median"), StandardScaler(), LogisticRegression(random_state=seed)
    )
    model.fit(X_train, y_train)
    return model.predict(X_test).astype(int)
