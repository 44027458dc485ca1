assert callable(learning_rate_sweep), "run the cell that defines learning_rate_sweep first"
