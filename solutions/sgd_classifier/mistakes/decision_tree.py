"""You train a DecisionTreeClassifier, which cuts the columns into boxes: the exercise asks for SGDClassifier with the loss `log_loss`."""

from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.tree import DecisionTreeClassifier


def sgd_classifier(X_train, y_train, X_test, seed):
    model = make_pipeline(
        SimpleImputer(strategy="median"), StandardScaler(), DecisionTreeClassifier(random_state=seed)
    )
    model.fit(X_train, y_train)
    return model.predict(X_test).astype(int)
