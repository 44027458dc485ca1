assert callable(adam), "run the cell that defines adam first"
