"""Writes docs/commands.md from the command line's own help, so that the two cannot part: `make docs`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from autograder.cli import cli

PAGE = Path(__file__).resolve().parents[1] / "docs" / "commands.md"
WIDTH = 100


def commands(group: click.Group = cli, path: str = "autograde") -> Iterator[tuple[str, click.Command]]:
    """Every command with its full name, groups before what is in them."""
    # some groups make their commands only when they are asked for
    context = click.Context(group)
    for name in sorted(group.list_commands(context)):
        command = group.get_command(context, name)
        assert command is not None
        yield f"{path} {name}", command
        if isinstance(command, click.Group):
            yield from commands(command, f"{path} {name}")


def help_of(name: str, command: click.Command) -> str:
    """What `NAME --help` prints."""
    settings = {**cli.context_settings, "terminal_width": WIDTH, "max_content_width": WIDTH}
    context = click.Context(command, info_name=name, **settings)
    return command.get_help(context)


def page() -> str:
    """The whole reference."""
    parts = ["# Commands\n\nMade by `make docs` from the command line's own help.\n"]
    for name, command in [("autograde", cli), *commands()]:
        parts.append(f"## `{name}`\n\n```text\n{help_of(name, command).rstrip()}\n```\n")
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"{PAGE}\n")
