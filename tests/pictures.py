"""Makes the pictures of README.md from a finished demo: `make pictures`. Needs Chromium, as `make browser` does."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from tests import browser
from tests.browser import Browser
from tests.servers import TOKEN, served

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
LESSON = "adam"
STUDENT = "alan"
AUTOGRADE = str(Path(sys.executable).parent / "autograde")


def main(demo: Path) -> None:
    """A released notebook in Jupyter, and the page that a student reads afterwards."""
    pages = demo / "pages"
    command = [
        AUTOGRADE,
        "--course",
        str(demo),
        "feedback",
        "--to",
        str(pages),
        "--allow-unconfirmed",
        "--force",
    ]
    subprocess.run(command, check=True)
    with browser.opened() as page, tempfile.TemporaryDirectory() as scratch:
        with served(demo / "classroom" / "release" / LESSON, Path(scratch) / "home") as server:
            page.open(f"{server.address}/notebooks/{LESSON}.ipynb?token={TOKEN}")
            _show(page, ".jp-MarkdownCell h2", "Exercise")
            _save(page, "notebook.png")
        page.open((pages / f"{STUDENT}.html").resolve().as_uri())
        _show(page, "h3", "Adam")
        _save(page, "feedback.png")


def _show(page: Browser, selector: str, text: str) -> None:
    """Scrolls until the heading stands at the top; cells are drawn as they come into view, so twice."""
    for _ in range(2):
        heading = page.find(selector, text)
        page.driver.execute_script("arguments[0].scrollIntoView({block: 'start'})", heading)
        page.find(selector, text)


def _save(page: Browser, name: str) -> None:
    page.driver.save_screenshot(str(IMAGES / name))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
