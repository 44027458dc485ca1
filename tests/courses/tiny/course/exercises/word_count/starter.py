def word_count(text):
    """Return a dict from each word of `text` to how often it occurs.

    Words are split at blanks and line ends, in lower case, and without any of .,;:!?" at their ends.
    """
    # Part 1: split the text into words.
    # Part 2: clean each word.
    # Part 3: count them.
    raise NotImplementedError("word_count: write parts 1 to 3")
