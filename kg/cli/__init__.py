"""The command `kg`: the only place for the command line, its output and its exit codes.

0: done; 1: something went wrong, or a document failed while the rest was built; 2: a command that cannot be carried
out as given. KG_DEBUG=1 shows tracebacks.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from kg.errors import KgError

DEBUG = "KG_DEBUG"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit."""
    sys.exit(run(list(sys.argv[1:] if arguments is None else arguments)))


def run(arguments: Sequence[str]) -> int:
    """Run the command line; its exit code."""
    from kg.cli.output import complain

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        return _command(arguments)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt:
        complain("stopped")
    except KgError as error:
        if os.environ.get(DEBUG):
            raise
        complain(str(error))
        return error.exit_code
    except Exception as error:
        if os.environ.get(DEBUG):
            raise
        complain(f"a mistake in kg itself: {type(error).__name__}: {error}; {DEBUG}=1 shows where")
    return 1


def _command(arguments: Sequence[str]) -> int:
    from kg.cli import quick

    if quick.query(arguments):
        sys.stdout.flush()
        return 0
    import typer

    from kg.cli.app import app

    try:
        typer.main.get_command(app).main(list(arguments), prog_name="kg")
    except SystemExit as leave:
        sys.stdout.flush()
        return leave.code if isinstance(leave.code, int) else int(leave.code is not None)
    return 0
