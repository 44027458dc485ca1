assert list(moving_average([1.0, 2.0, 3.0], 2)) == [1.5, 2.5]
assert initials("hello world") == "hw"
