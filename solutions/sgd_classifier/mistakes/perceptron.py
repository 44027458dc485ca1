"""You train Perceptron, which counts wrong answers and knows no probabilities: the exercise asks for SGDClassifier with the loss `log_loss`."""

from sklearn.impute import SimpleImputer
from sklearn.linear_model import Perceptron
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def sgd_classifier(X_train, y_train, X_test, seed):
    model = make_pipeline(SimpleImputer(strategy="median"), StandardScaler(), Perceptron(random_state=seed))
    model.fit(X_train, y_train)
    return model.predict(X_test).astype(int)
