assert callable(gradient_descent), "run the cell that defines gradient_descent first"
