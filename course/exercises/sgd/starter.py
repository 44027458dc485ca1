import numpy as np


def sgd(
    gradient,
    X,
    y,
    start,
    learning_rate,
    batch_size,
    n_epochs,
    rng,
):
    """Train with mini-batches for `n_epochs` epochs.

    gradient       a function: gradient(w, X_batch, y_batch) is
                   an array of shape (n,), already averaged
                   over the rows of the batch
    X              array of shape (n_rows, n_columns), one
                   example per row; it must stay unchanged
    y              array of shape (n_rows,), the target of each
                   row; it must stay unchanged
    start          the n numbers to start from: a list, a tuple
                   or an array; it must stay unchanged
    learning_rate  a number: how much of the gradient one step
                   subtracts
    batch_size     an int >= 1: how many rows a batch has (the
                   last batch of an epoch may have fewer)
    n_epochs       an int >= 0: how many times to go through
                   all rows
    rng            a numpy.random.Generator: draw every random
                   number from it, and from nothing else

    Returns the parameters after each epoch, as a float64 array
    of shape (n_epochs + 1, n): row 0 is start, row k the
    parameters after k epochs.
    """
    # Part 1: copy `start` into a float array w, and keep a
    #         copy of w as the first row of the history.
    # Part 2: in each epoch, draw a new random order of the row
    #         numbers from rng.
    # Part 3: go through that order in pieces of batch_size
    #         rows; take one step per piece.
    # Part 4: keep a copy of w after each epoch; return all of
    #         them as one array.
    raise NotImplementedError("sgd: write parts 1 to 4")
