"""detente check: every problem of the data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from detente.cli.options import Quiet, column_names
from detente.cli.problems import tell_problems

if TYPE_CHECKING:
    from detente._checks import Problems

__all__ = ["EXAMPLES", "check"]

#: Printed below the help.
EXAMPLES = """\
Examples:

\b
  detente check
  detente check my-study
  detente check statements.csv --columns date=Day,text=Quotation
"""


def check(
    study: Annotated[
        str | None,
        typer.Argument(
            metavar="STUDY_OR_FILE",
            help="A study (as in `detente run`), or a file of statements.",
            show_default=False,
        ),
    ] = None,
    columns: Annotated[
        list[str] | None,
        typer.Option("--columns", metavar="NAME=YOURS,...", help="Names of the columns in a FILE."),
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Report every problem of a study or a file, in one go.

    Errors stop a run; warnings are for you to judge, and like ones are told together, with
    the first rows. The exit status is 1 where there is an error.
    """
    problems = _problems(study, columns or [])
    tell_problems(problems, quiet=quiet)
    if not problems.ok:
        raise typer.Exit(1)


def _problems(study: str | None, columns: list[str]) -> Problems:
    from detente._tables.formats import SUFFIXES
    from detente._tables.storage import split_suffixes
    from detente.statements import check_statements
    from detente.study import check_study, load_study

    # A name such as "statments.csv" is a file even where there is none: then that is told.
    is_file = study is not None and (
        "://" in study
        or split_suffixes(study)[0] in SUFFIXES
        or (Path(study).suffix != ".toml" and Path(study).expanduser().is_file())
    )
    if study is not None and is_file:
        return check_statements(study, columns=column_names(columns))
    if columns:
        raise typer.BadParameter(
            "--columns goes with a file of statements; a study names its columns in study.toml."
        )
    return check_study(load_study(study))
