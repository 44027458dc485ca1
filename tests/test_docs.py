"""What the docs say of the command line is what it does."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import pytest

from tests import reference

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")])
COMMANDS = dict(reference.commands())


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_help_and_an_example(name: str) -> None:
    """A help page without an example leaves the busiest reader alone."""
    command = COMMANDS[name]
    text = reference.help_of(name, command)

    assert command.help
    if not isinstance(command, click.Group):
        # the formats of `export` share theirs
        assert f"Examples:\n    {' '.join(name.split()[:2])}" in text


def test_the_reference_is_what_help_prints() -> None:
    """`make docs` writes it anew."""
    assert reference.page() == reference.PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_options_named_in_the_docs_exist(page: Path) -> None:
    """Every `autograde ...` in the docs is a command that there is, with options that it has."""
    for line in page.read_text(encoding="utf-8").splitlines():
        for call in re.findall(r"autograde (?:--course \S+ )?([a-z][^`#|]*)", line):
            words = call.split()
            name = "autograde"
            while words and f"{name} {words[0]}" in COMMANDS:
                name = f"{name} {words.pop(0)}"
            if name == "autograde":
                continue
            known = {option for parameter in COMMANDS[name].params for option in parameter.opts}
            for word in words:
                if re.fullmatch(r"--[a-z][a-z-]+", word):
                    assert word in known | {"--help"}, f"{page.name}: `autograde {call}`"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    """A dead link is a promise that nobody kept."""
    for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_the_module_map_is_the_contract() -> None:
    """docs/architecture.md shows the layers that import-linter enforces."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = settings["tool"]["importlinter"]["contracts"][0]["layers"]

    assert "```\n" + "\n".join(layers) + "\n```" in (ROOT / "docs/architecture.md").read_text(
        encoding="utf-8"
    )


def test_help_needs_none_of_the_heavy_packages() -> None:
    """`autograde --help` answers at once because nothing heavy is imported for it."""
    code = (
        "import sys\nfrom autograder.cli import run\nrun(['--help'])\n"
        "heavy = {'numpy', 'nbgrader', 'sklearn', 'pydantic', 'rich', 'pytest', 'matplotlib', 'yaml'} & set(sys.modules)\n"
        "sys.exit(str(heavy) if heavy else 0)"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert (0, "") == (done.returncode, done.stderr)
