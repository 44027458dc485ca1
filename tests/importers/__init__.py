"""Models of what each LMS does with a file that is uploaded: small, in Python, written from the rules of the real importers."""
