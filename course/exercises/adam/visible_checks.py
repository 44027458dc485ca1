import numpy as np


def check_adam():
    def slope(w):
        return 4 * w

    start = [1]
    path = adam(slope, start, learning_rate=0.1, n_steps=2)

    assert isinstance(path, np.ndarray), (
        f"return a NumPy array, not a {type(path).__name__}"
    )
    assert path.shape == (3, 1), (
        "2 steps with 1 parameter need the shape (3, 1), "
        f"yours is {path.shape}"
    )
    assert path[0, 0] == 1, (
        f"row 0 is the start, 1; yours is {path[0, 0]}"
    )
    assert np.isclose(path[1, 0], 0.9), (
        "after the first step by hand w is 0.9; "
        f"yours is {path[1, 0]:.6f}"
    )
    assert np.isclose(path[2, 0], 0.80041, atol=1e-5), (
        "after the second step w is 0.80041; "
        f"yours is {path[2, 0]:.6f}"
    )
    assert start == [1], (
        f"`start` was [1] and has become {start}: "
        "work on a copy"
    )

    two = adam(
        lambda w: np.array([3.0, -0.5]),
        [0, 0],
        learning_rate=0.1,
        n_steps=1,
    )
    assert np.allclose(two[1], [-0.1, 0.1]), (
        "the first step moves every parameter by the "
        "learning rate, against the sign of its gradient: "
        f"(-0.1, 0.1) is expected, yours is {two[1]}"
    )
    assert np.array_equal(
        path, adam(slope, start, learning_rate=0.1, n_steps=2)
    ), "the same call a second time gave another result"
    print("adam: all visible checks pass")


try:
    check_adam()
except NotImplementedError as todo:
    print("Not written yet -", todo)
