import numpy as np


def check_sgd():
    X = np.array([[1.0], [2.0], [3.0]])
    y = np.array([2.0, 4.0, 7.0])
    batches = []

    def slope(w, X_batch, y_batch):
        assert X_batch.ndim == 2, (
            "X_batch has 2 dimensions (rows, columns); "
            f"yours has {X_batch.ndim}"
        )
        assert y_batch.shape == (len(X_batch),), (
            "y_batch needs one number per row of X_batch; "
            f"its shape is {y_batch.shape}"
        )
        # a call with all rows may be there to watch the loss
        if len(X_batch) < 3:
            batches.append(sorted(X_batch[:, 0].tolist()))
        wrong = X_batch @ w - y_batch
        return X_batch.T @ wrong / len(y_batch)

    rng = np.random.default_rng(0)
    one_batch = sgd(slope, X, y, [0.0], 0.1, 3, 2, rng)
    assert isinstance(one_batch, np.ndarray), (
        "return a NumPy array, "
        f"not a {type(one_batch).__name__}"
    )
    assert one_batch.shape == (3, 1), (
        "2 epochs with 1 parameter need the shape (3, 1), "
        f"yours is {one_batch.shape}"
    )
    assert one_batch[0, 0] == 0, (
        f"row 0 is the start, 0; yours is {one_batch[0, 0]}"
    )
    # One batch of all rows: the average of -2, -8 and -21 is
    # -31/3, so the first step ends at 3.1 / 3.
    assert np.isclose(one_batch[1, 0], 3.1 / 3), (
        f"after one epoch in one batch w is {3.1 / 3:.4f}; "
        f"yours is {one_batch[1, 0]:.4f}"
    )

    batches.clear()
    after = sgd(slope, X, y, [0.0], 0.1, 2, 1, rng)[-1, 0]
    sizes = [len(batch) for batch in batches]
    assert sizes == [2, 1], (
        "3 rows in batches of 2 give batches of 2 rows "
        f"and 1 row; yours have {sizes}"
    )
    assert sorted(sum(batches, [])) == [1, 2, 3], (
        "an epoch uses each row once; "
        f"yours used the rows with x = {sum(batches, [])}"
    )
    # by hand, for each row that can be left for the end
    last = batches[1][0]
    by_hand = {1.0: 1.505, 2.0: 1.49, 3.0: 2.15}[last]
    assert np.isclose(after, by_hand), (
        f"with x = {last:g} in the last batch, "
        f"w ends at {by_hand}; yours ends at {after:.4f}"
    )

    rows = [[1, 2], [2, 4], [3, 7]]
    assert np.column_stack([X, y]).tolist() == rows, (
        "X or y has changed: shuffle row numbers, not the data"
    )
    print("sgd: all visible checks pass")


try:
    check_sgd()
except NotImplementedError as todo:
    print("Not written yet -", todo)
