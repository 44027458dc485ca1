def check_word_count():
    counts = word_count("One fish, two fish.")

    assert counts == {"one": 1, "fish": 2, "two": 1}, f"`One fish, two fish.` gave {counts}"
    print("word_count: all visible checks pass")


try:
    check_word_count()
except NotImplementedError as todo:
    print("Not written yet -", todo)
