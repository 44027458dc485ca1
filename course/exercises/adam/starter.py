import numpy as np


def adam(
    gradient,
    start,
    learning_rate=0.001,
    n_steps=1000,
    beta1=0.9,
    beta2=0.999,
    epsilon=1e-8,
):
    """Take `n_steps` steps of Adam.

    gradient       a function: gradient(w) is the gradient at
                   the parameters w, an array of shape (n,)
    start          the n numbers to start from: a list, a tuple
                   or an array; it must stay unchanged
    learning_rate  a number: the scale of every step
    n_steps        an int >= 0: how many steps to take, no more
                   and no fewer
    beta1, beta2   numbers from 0 up to (not including) 1: how
                   slowly the two averages forget
    epsilon        a small number, added to the square root in
                   the denominator

    Returns every point on the way, as a float64 array of shape
    (n_steps + 1, n): row 0 is start, row k the parameters
    after k steps.
    """
    # Part 1: copy `start` into a float array w; set the
    #         averages m and v to zeros; keep a copy of w.
    # Part 2: in step t = 1, 2, ..., n_steps, ask for the
    #         gradient g at w and update m and v.
    # Part 3: correct both averages for their start at zero
    #         (do not store the corrected values in m and v).
    # Part 4: move w, keep a copy of it; return all copies as
    #         one array.
    raise NotImplementedError("adam: write parts 1 to 4")
