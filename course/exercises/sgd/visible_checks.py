assert callable(sgd), "run the cell that defines sgd first"
