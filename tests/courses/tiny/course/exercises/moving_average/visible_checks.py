def check_moving_average():
    means = moving_average([1, 3, 5, 7], 2)

    assert list(means) == [2, 4, 6], f"windows of 2 in 1, 3, 5, 7 have the means 2, 4, 6; yours are {means}"
    print("moving_average: all visible checks pass")


try:
    check_moving_average()
except NotImplementedError as todo:
    print("Not written yet -", todo)
