"""`python -m autograder` is `autograde`."""

from autograder.cli import main

main()
