"""formgrader, as its server answers: the autograde button runs our checks, its page shows our table, and what a person enters stays."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from autograder import gradebook
from autograder.build import environment
from autograder.checking import Checker
from autograder.course import Course
from autograder.grade import grade_submission
from autograder.submissions import find_in_classroom
from tests import rooms

TOKEN = "only-for-this-test"


@dataclass(frozen=True)
class Server:
    """A Jupyter server with nbgrader's extensions, started in a classroom."""

    address: str

    def ask(self, path: str, method: str = "GET", body: Any = None) -> str:
        """The body of the answer; raises HTTPError for anything but success."""
        request = urllib.request.Request(  # noqa: S310  our own server on this machine
            f"{self.address}/{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"token {TOKEN}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=120) as answer:  # noqa: S310
            text: str = answer.read().decode("utf-8")
            return text

    def json(self, path: str, method: str = "GET", body: Any = None) -> Any:
        return json.loads(self.ask(path, method, body))


@contextmanager
def served(room: Path, home: Path) -> Iterator[Server]:
    """A server in *room* until the block ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = home / "server.log"
    home.mkdir()
    variables = {
        "HOME": str(home),
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_RUNTIME_DIR": str(home / "run"),
    }
    with log.open("wb") as output:
        process = subprocess.Popen(
            [
                str(Path(sys.executable).parent / "jupyter"),
                "server",
                "--no-browser",
                "--allow-root",
                f"--ServerApp.port={port}",
                "--ServerApp.port_retries=0",
                f"--IdentityProvider.token={TOKEN}",
            ],
            cwd=room,
            env={**environment(), **variables},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    server = Server(f"http://127.0.0.1:{port}")
    try:
        _wait(server, process, log)
        yield server
    finally:
        process.terminate()
        process.wait(30)


def _wait(server: Server, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(600):
        assert process.poll() is None, log.read_text(encoding="utf-8")[-3000:]
        try:
            server.ask("api/status")
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"the server did not start:\n{log.read_text(encoding='utf-8')[-3000:]}")


def test_formgrader_runs_our_checks_shows_our_table_and_takes_a_score(tiny: Course, tmp_path: Path) -> None:
    """The whole of an instructor's afternoon: autograde, read, score, and grade again without losing anything."""
    room = rooms.copy_of(tiny, tmp_path / "classroom")
    answers = rooms.all_right(tiny, "averages") | {"wider_window": "answer = 'c'"}
    rooms.hand_in(room, "ann", "averages", answers | {"why_smooth": "Noise <script>alert(1)</script>"})

    with served(room, tmp_path / "home") as server:
        done = server.json("formgrader/api/submission/averages/ann/autograde", "POST")
        assert done["success"], done.get("error") or done.get("log")

        (submitted,) = server.json("formgrader/api/submitted_notebooks/averages/averages")
        assert (submitted["score"], submitted["max_score"]) == (7.0, 10.0)
        assert submitted["needs_manual_grade"] is True

        page = server.ask(f"formgrader/submissions/{submitted['id']}")
        assert "averages each window" in page
        assert "A wider window" not in page  # the feedback of another option
        assert "The mean of a window lies between its smallest and its largest value." in page
        assert "<script>alert(1)" not in page
        assert "graded by `autograde`" not in page

        grades = server.json(f"formgrader/api/grades?submission_id={submitted['id']}")
        (text,) = [grade for grade in grades if grade["name"] == "why_smooth"]
        assert (text["auto_score"], text["manual_score"], text["needs_manual_grade"]) == (None, None, True)
        scored = server.json(f"formgrader/api/grade/{text['id']}", "PUT", {"manual_score": 1.5})
        assert scored["needs_manual_grade"] is False

        again = server.json("formgrader/api/submission/averages/ann/autograde", "POST")
        assert again["success"]

    assert _state(tiny, room) == ("graded", "8.50")
    with Checker(tiny.root) as checker:
        pairs = [(found, grade_submission(tiny, found, checker)) for found in find_in_classroom(tiny, room)]
    assert gradebook.write(tiny, room, pairs) == gradebook.Written()
    assert _state(tiny, room) == ("graded", "8.50")


def _state(course: Course, room: Path) -> tuple[str, str]:
    found = gradebook.read(course, room).grade("ann", "averages")
    return found.state, str(found.points)
