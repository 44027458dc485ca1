"""Raises and gives back HTML, script, Markdown and rich's markup.

Wants: script in the page that the instructor opens.
Evidence: a tag in the report.
"""
HTML = "<script>alert(1)</script><img src=x onerror=alert(1)> [link](javascript:alert(1)) [bold red]12/12[/] {{7*7}} \\href{javascript:1}{x}"


def moving_average(values, window):
    raise RuntimeError(HTML)


def initials(text):
    raise type(HTML, (Exception,), {})(HTML)


loot = lambda: {"taken": "", "tried": HTML}
