"""Never finishes being read.

Wants: the time of everybody else.
Evidence: a batch that does not end.
Earns: test_loot
"""
while True:
    pass
