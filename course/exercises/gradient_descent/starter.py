import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    """Take `n_steps` steps of gradient descent.

    gradient       a function: gradient(w) is the gradient at
                   the parameters w, an array of shape (n,)
    start          the n numbers to start from: a list, a tuple
                   or an array; it must stay unchanged
    learning_rate  a number: how much of the gradient one step
                   subtracts
    n_steps        an int >= 0: how many steps to take, no more
                   and no fewer

    Returns every point on the way, as a float64 array of shape
    (n_steps + 1, n): row 0 is start, row k the parameters
    after k steps.
    """
    # Part 1: copy `start` into a float array w, and keep a
    #         copy of w as the first row of the history.
    # Part 2: repeat n_steps times: ask for the gradient at w,
    #         and step against it.
    # Part 3: keep a copy of w after each step; return all of
    #         them as one array.
    raise NotImplementedError(
        "gradient_descent: write parts 1 to 3",
    )
