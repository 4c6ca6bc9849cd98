"""What the command line prints: plain where output is piped, drawn on a terminal."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import typer

if TYPE_CHECKING:
    from detente._checks import Problems
    from detente.study import Progress, Study, StudyResult

__all__ = [
    "aside",
    "close_pipe",
    "columns",
    "complain",
    "forgive_encoding",
    "is_terminal",
    "progress_bars",
    "say",
    "tell_notices",
    "tell_result",
    "tell_rows",
]


def say(text: str = "", *, quiet: bool = False) -> None:
    """Print a line for the reader.

    Parameters
    ----------
    text : str
        The line.
    quiet : bool, default False
        Print nothing.
    """
    if not quiet:
        typer.echo(text)


def aside(text: str, *, quiet: bool = False) -> None:
    """Print a line for the reader beside a table that goes to the screen or a pipe.

    Parameters
    ----------
    text : str
        The line, written to the error stream so that the table stays one.
    quiet : bool, default False
        Print nothing.
    """
    if not quiet:
        typer.echo(text, err=True)


def complain(message: str, remedy: str = "") -> None:
    """Print an error and the way out to standard error.

    Parameters
    ----------
    message, remedy : str
        What is wrong, and what to do about it.
    """
    typer.echo(f"{message}\n{remedy}".strip(), err=True)


def tell_result(result: StudyResult, *, quiet: bool) -> None:
    """Print what a run found and where it lies.

    Parameters
    ----------
    result : StudyResult
        The result.
    quiet : bool
        Print nothing.
    """
    from detente import wording

    say(f"{result.study.title}. {result.sentence}", quiet=quiet)
    for notice in result.notices:
        say(wording.say("Notice: {notice}.", notice=notice), quiet=quiet)
    n_warnings = result.data.problems.n_warnings
    if n_warnings:
        told = wording.say(
            "{warnings}; see: {command}",
            warnings=wording.count(n_warnings, "warning"),
            command=f'detente check "{_named(result.study)}"',
        )
        say(told, quiet=quiet)
    for file in result.files:
        say(f"Wrote {file}", quiet=quiet)


def _named(study: Study) -> str:
    """Return what a user types to name the study again."""
    from detente.study import bundled_studies

    if study.name in bundled_studies() and study.folder.parent.name in ("_bundled", "data"):
        return study.name
    here = Path.cwd()
    folder = study.folder.resolve()
    return str(folder.relative_to(here)) if folder.is_relative_to(here) else str(folder)


def tell_notices(notices: Sequence[str], problems: Problems, *, quiet: bool = False) -> None:
    """Print what a table carries, and why rows were set aside, to standard error.

    Parameters
    ----------
    notices : sequence of str
        As `study_notices` gives them.
    problems : Problems
        What the check found; its errors are of the rows that were set aside.
    quiet : bool, default False
        Print nothing.
    """
    if quiet:
        return
    from detente import wording

    for notice in notices:
        complain(wording.say("Notice: {notice}.", notice=notice))
    if not problems.ok:
        complain(problems.text())


def tell_rows(
    head: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[str] = ()
) -> None:
    """Print a table whose columns line up; on a terminal its last column goes on below itself.

    Parameters
    ----------
    head : sequence of str
        Names of the columns.
    rows : sequence of sequences of str
        The cells.
    right : sequence of str
        Columns whose cells end in line.
    """
    from detente import wording

    width = columns() if is_terminal(sys.stdout) else None
    for line in wording.lined([head, *rows], right=right, width=width):
        say(line)


@contextmanager
def progress_bars(*, quiet: bool = False) -> Iterator[Progress | None]:
    """Draw progress bars on standard error while it is a terminal.

    Parameters
    ----------
    quiet : bool, default False
        Draw nothing.

    Yields
    ------
    callable or None
        What `run_study` takes as `progress`; None where nothing is drawn.
    """
    if quiet or not is_terminal(sys.stderr):
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description:<16}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, Any] = {}

        def tell(step: str, n_done: int, n_all: int) -> None:
            # A bar of one step that is under way moves to and fro, in place of standing still.
            total = None if (n_done, n_all) == (0, 1) else n_all
            if step not in tasks:
                tasks[step] = bars.add_task(step, total=total)
            bars.update(tasks[step], completed=n_done, total=total)

        yield tell


def is_terminal(stream: TextIO) -> bool:
    """Tell whether a person reads a stream as it comes.

    Parameters
    ----------
    stream : text stream
        Standard output or standard error.

    Returns
    -------
    bool
        False for files and pipes.
    """
    return stream.isatty()


def columns() -> int:
    """Return how many characters a line of text may have.

    Returns
    -------
    int
        The terminal's columns, 60 to 120; 80 for files and pipes.
    """
    if not is_terminal(sys.stdout):
        return 80
    return min(max(shutil.get_terminal_size().columns, 60), 120)


def forgive_encoding() -> None:
    """Let a terminal that lacks a character show a stand-in, in place of an error."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def close_pipe() -> None:
    """Send what is still to be printed nowhere, so that the exit stays silent."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
