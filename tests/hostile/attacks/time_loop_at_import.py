"""Never finishes being read.

Wants: the time of everybody else.
Evidence: a batch that does not end.
Earns: nothing
"""
while True:
    pass
