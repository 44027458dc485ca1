"""Makes the picture of a terminal from what a command printed: `autograde --color always ... | python terminal.py TITLE FILE.svg`."""

import io
import sys
from pathlib import Path

from rich.console import Console
from rich.text import Text


def main(title: str, target: str) -> None:
    lines = [Text.from_ansi(line) for line in sys.stdin.read().rstrip("\n").split("\n")]
    width = max(60, *(line.cell_len for line in lines))
    console = Console(record=True, width=width, file=io.StringIO(), force_terminal=True)
    for line in lines:
        console.print(line, soft_wrap=True)
    # One name for the clip paths, so that the same text gives the same file.
    Path(target).write_text(console.export_svg(title=title, unique_id="terminal"), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
