import numpy as np


def check_gradient_descent():
    def slope(w):
        return np.array([2 * w[0], 20 * w[1]])

    start = [4, 1]
    path = gradient_descent(slope, start, 0.04, 2)

    assert isinstance(path, np.ndarray), (
        f"return a NumPy array, not a {type(path).__name__}"
    )
    assert path.shape == (3, 2), (
        "2 steps with 2 parameters need the shape (3, 2), "
        f"yours is {path.shape}"
    )
    assert np.allclose(path[0], [4, 1]), (
        f"row 0 is the start, (4, 1); yours is {path[0]}"
    )
    assert np.allclose(path[1], [3.68, 0.2]), (
        "row 1 of the run by hand is (3.68, 0.2); "
        f"yours is {path[1]}"
    )
    assert np.allclose(path[2], [3.3856, 0.04]), (
        "row 2 of the run by hand is (3.3856, 0.04); "
        f"yours is {path[2]}"
    )
    assert start == [4, 1], (
        "`start` was [4, "
        f"1] and has become {start}: work on a copy"
    )
    assert gradient_descent(slope, start, 0.04, 0).shape == (
        1,
        2,
    ), "no steps: the result has one row, the start"
    print("gradient_descent: all visible checks pass")


try:
    check_gradient_descent()
except NotImplementedError as todo:
    print("Not written yet -", todo)
