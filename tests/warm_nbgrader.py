"""Runs nbgrader's command line, each command in a process of its own that finds everything imported already.

Importing nbgrader takes longer than most of its commands do. Each line on stdin is one command as JSON; each answer on
stdout is its exit status.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any


def serve() -> None:
    """Forks for every line until stdin ends; the forked process runs the command and leaves as nbgrader would."""
    import nbgrader.apps
    from nbgrader.apps.nbgraderapp import main

    assert nbgrader.apps
    for line in sys.stdin:
        child = os.fork()
        if not child:
            _become(json.loads(line))
            sys.exit(main())
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


def _become(command: dict[str, Any]) -> None:
    """Makes this process look as if it had just been started for *command*."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    output = os.open(command["output"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(nothing, 0)
    os.dup2(output, 1)
    os.dup2(output, 2)
    os.environ.clear()
    os.environ.update(command["environment"])
    os.chdir(command["folder"])
    sys.argv = [str(Path(sys.executable).parent / "nbgrader"), *command["arguments"]]


if __name__ == "__main__":
    serve()
