"""A real Jupyter server with nbgrader's extensions, for the tests that ask it as a program and those that look at it in a browser."""

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

from autograder.build import environment

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
        with urllib.request.urlopen(request, timeout=600) as answer:  # noqa: S310
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
