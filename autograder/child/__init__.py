"""What runs beside a submission: the zygote, the walls around its children, and the harness that calls the student's code.

An island: it imports nothing else of this package, so that nothing of a check, an answer or another submission can be
in its memory. Only `wire`, the codec, is shared with the trusted end.
"""
