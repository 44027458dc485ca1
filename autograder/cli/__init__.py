"""The `autograde` command: arguments in, exit status out. Only this package prints and exits.

Exit status: 0 done; 1 done, and something was found; 2 not done; 3 a bug of ours, with the path of a log; 130
interrupted. Commands import what they need when they run, so that `--help` answers at once.
"""

from __future__ import annotations

import codecs
import errno
import io
import os
import sys
import tempfile
import traceback
from pathlib import Path

import click

from autograder import __version__
from autograder.cli import author, doctor, feedback, grader, lms, new, results, texts, world
from autograder.cli.context import Context, Told
from autograder.errors import AutogradeError, CourseError

_PLAIN = "autograde-plain"
_PLAINER = {"✓": "+", "✗": "x", "–": "-", "·": "-", "→": "->", "…": "...", "━": "-", "\u2212": "-"}

_NOT_OURS = frozenset(
    getattr(errno, name)
    for name in (
        "EACCES",
        "ENOTDIR",
        "EPERM",
        "EROFS",
        "ENOSPC",
        "EDQUOT",
        "EFBIG",
        "EIO",
        "EMFILE",
        "ENFILE",
        "ENAMETOOLONG",
    )
    if hasattr(errno, name)
)
"""What a machine refuses for reasons of its own: rights, space, disks."""

_EXAMPLES = """\b
Examples:
  autograde demo                         see all of it once, on a sample class
  autograde validate                     is my course.yaml right?
  autograde build                        write the notebooks into classroom/
  autograde grade                        grade what nbgrader collected there
  autograde grade inbox --out results    grade a folder of files
  autograde export canvas --template grades.csv
"""


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    epilog=_EXAMPLES,
)
@click.option(
    "--course",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="The folder that holds course.yaml (default: this one, or the nearest above it).",
)
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True)
@click.option("-q", "--quiet", is_flag=True, help="Only results and errors.")
@click.option("-v", "--verbose", is_flag=True, help="A line for each finished step.")
@click.version_option(__version__, prog_name="autograde")
@click.pass_context
def cli(context: click.Context, *, course: Path | None, color: str, quiet: bool, verbose: bool) -> None:
    """Build, grade and export an auto-graded course that is described by one course.yaml."""
    context.obj = Context(course, color, quiet=quiet, verbose=verbose)


for command in (
    *world.COMMANDS,
    *doctor.COMMANDS,
    *author.COMMANDS,
    *new.COMMANDS,
    *grader.COMMANDS,
    *results.COMMANDS,
    *feedback.COMMANDS,
    *texts.COMMANDS,
    *lms.COMMANDS,
):
    cli.add_command(command)


def main() -> None:
    """Runs the command line and exits with its status."""
    codecs.register_error(_PLAIN, _plainer)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_PLAIN)
    sys.exit(run(sys.argv[1:]))


def _plainer(error: UnicodeError) -> tuple[str, int]:
    """What is printed for a character that the terminal's encoding does not have, and where to go on."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return "".join(_PLAINER.get(char, "?") for char in lacking), error.end


def _was_told(error: BaseException) -> bool:
    """Whether the command has said so itself, be it before a second Ctrl-C."""
    interruption = error.__cause__
    return isinstance(interruption, Told) or isinstance(getattr(interruption, "__context__", None), Told)


def run(arguments: list[str]) -> int:
    """The exit status of `autograde` with *arguments*; says on stderr what went wrong."""
    try:
        status = cli.main(arguments, prog_name="autograde", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return 2
    except CourseError as error:
        return _tell(error, "\n".join(str(problem) for problem in error.problems))
    except AutogradeError as error:
        return _tell(error, "")
    except (KeyboardInterrupt, click.Abort) as error:
        if not _was_told(error):
            sys.stderr.write("\ninterrupted\n")
        return 130
    except BrokenPipeError:
        # `autograde show | head`: the reader has gone, which is no fault of anybody's
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        return _refused(error) if error.errno in _NOT_OURS else _bug(error)
    except Exception as error:  # noqa: BLE001  the one place where a bug of ours becomes a message
        return _bug(error)
    return status if isinstance(status, int) else 0


def _tell(error: AutogradeError, details: str) -> int:
    from autograder.console import plain_error

    if details:
        sys.stderr.write(details + "\n\n")
    plain_error(error.message, error.hint)
    return error.exit_status


def _refused(error: OSError) -> int:
    from autograder.console import plain_error

    place = f"{error.filename}: " if error.filename else ""
    plain_error(
        f"{place}{(error.strerror or str(error)).lower()}",
        "look at the rights of the folder and the space on the disk; what was graded before is kept",
    )
    return 2


def _bug(error: Exception) -> int:
    with tempfile.NamedTemporaryFile(
        "w", prefix="autograde-", suffix=".log", delete=False, encoding="utf-8"
    ) as log:
        log.write(f"autograde {__version__}, Python {sys.version}\n{' '.join(sys.argv)}\n\n")
        traceback.print_exception(error, file=log)
    sys.stderr.write(
        f"error: this is a bug in autograde: {type(error).__name__}: {error}\n\n"
        f"hint: nothing that was graded is lost; please report it with {log.name}\n"
    )
    return 3
