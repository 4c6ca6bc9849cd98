"""detente train: a calibrated scorer from a study's own codings."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from detente.cli.console import progress_bars, say, tell_rows
from detente.cli.options import Quiet

__all__ = ["EXAMPLES", "train"]

#: Printed below the help.
EXAMPLES = """\
Examples:

\b
  detente train my-study
  detente train my-study -o models/2026
"""


def train(
    study: Annotated[
        str,
        typer.Argument(
            metavar="STUDY",
            help="A study with codings: its folder, its study.toml, or a bundled study.",
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FOLDER",
            help="Where the model goes. Default: the folder model of the study.",
            show_default=False,
        ),
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Fit the scorer "calibrated" to the codings of a study.

    The figures printed are out-of-fold: each statement is judged by a model that saw no
    statement of its year. Too few codings are refused, with what was found and what is
    needed.
    """
    from detente.study import load_study
    from detente.study.training import train_study

    loaded = load_study(study)
    with progress_bars(quiet=quiet) as progress:
        if progress is not None:
            progress("Train", 0, 1)
        trained = train_study(loaded, output)
        if progress is not None:
            progress("Train", 1, 1)
    say(trained.sentence, quiet=quiet)
    if not quiet:
        say()
        tell_rows(*trained.rows)
        say()
    for file in trained.files:
        say(f"Wrote {file}", quiet=quiet)
    say(quiet=quiet)
    say("To use it, write into study.toml:", quiet=quiet)
    for line in trained.usage:
        say(f"  {line}", quiet=quiet)
