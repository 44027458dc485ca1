assert callable(sgd_classifier), "run the cell that defines sgd_classifier first"
