import matplotlib.pyplot as plt
import numpy as np
from problems import PROBLEMS


def check_learning_rate_sweep():
    start = [1]
    losses = learning_rate_sweep(
        lambda w: float(w[0] ** 2),
        lambda w: 2 * w,
        start,
        [0.25, 0.5, 1.5],
        2,
    )

    assert isinstance(losses, np.ndarray), (
        f"return a NumPy array, not a {type(losses).__name__}"
    )
    assert losses.shape == (3, 3), (
        "3 rates and 2 steps need the shape (3, 3), "
        f"yours is {losses.shape}"
    )
    assert np.allclose(losses[:, 0], 1), (
        "column 0 is the loss at the start, 1 in every row; "
        f"yours is {losses[:, 0]}"
    )
    assert np.allclose(losses[0], [1, 0.25, 0.0625]), (
        "the row of rate 0.25 is 1, 0.25, 0.0625; "
        f"yours is {losses[0]}"
    )
    assert np.allclose(losses[2], [1, 4, 16]), (
        "the row of rate 1.5 is 1, 4, 16; "
        f"yours is {losses[2]}"
    )
    assert start == [1], (
        f"`start` was [1] and has become {start}: "
        "work on a copy"
    )
    print("learning_rate_sweep: all visible checks pass")


def check_best_learning_rate():
    table = np.array(
        [[1, 0.25, 0.0625], [1, 0, 0], [1, 4, 16]]
    )
    best = best_learning_rate([0.25, 0.5, 1.5], table)
    assert best == 0.5, (
        "the lowest last loss, 0, belongs to the rate 0.5; "
        f"your answer is {best}"
    )
    print("best_learning_rate: all visible checks pass")


def draw_the_experiment():
    line = PROBLEMS["least_squares"]
    rates = [0.01, 0.03, 0.1, 0.3, 1.0, 1.5]
    losses = learning_rate_sweep(
        line.loss, line.gradient, line.start, rates, 40
    )
    for rate, row, look in zip(
        rates, losses, ["-", "--", "-.", ":", "-o", "-^"]
    ):
        plt.semilogy(
            row - line.minimum + 1e-12,
            look,
            markevery=8,
            label=f"rate {rate}",
        )
    plt.xlabel("step")
    plt.ylabel("loss above the lowest possible loss")
    plt.ylim(1e-13, 1e9)
    plt.legend(loc="upper left", ncol=3)
    plt.show()
    print(
        "best rate after 40 steps:",
        best_learning_rate(rates, losses),
    )


for check in (
    check_learning_rate_sweep,
    check_best_learning_rate,
    draw_the_experiment,
):
    try:
        check()
    except NotImplementedError as todo:
        print("Not written yet -", todo)
