"""detente why: what moved a month."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from detente.cli.console import aside, progress_bars
from detente.cli.options import Language, Quiet, SkipBad, StudyName, telling_usage
from detente.cli.parts import speaking
from detente.cli.tables import check_suffix, write_result
from detente.errors import BadArgumentError

__all__ = ["EXAMPLES", "why"]

#: Printed below the help.
EXAMPLES = """\
Examples:

\b
  detente why 2015-11
  detente why 2015-11 japan-korea --direction "JPN>KOR"
  detente why 2016-06 my-study --against long_run --statements -o june.csv
  detente why 2015-11 --language tr
"""


def why(
    month: Annotated[str, typer.Argument(metavar="MONTH", help="The month, such as 2015-11.")],
    study: StudyName = None,
    output: Annotated[
        str,
        typer.Option(
            "--output", "-o", metavar="FILE", help="CSV, JSON Lines or Parquet; - is the screen."
        ),
    ] = "-",
    direction: Annotated[
        str, typer.Option(help='"bilateral", or a direction such as "RUS>TUR".')
    ] = "bilateral",
    against: Annotated[
        str, typer.Option(help="previous (the observed month before) or long_run (the mean).")
    ] = "previous",
    statements: Annotated[
        bool, typer.Option("--statements", help="List statements in place of groups.")
    ] = False,
    language: Language = None,
    skip_bad: SkipBad = False,
    quiet: Quiet = False,
) -> None:
    """Tell what moved the raw index of a month.

    Contributions of statements, speakers, offices, topics and channels in degrees, each parted
    into who and what was heard (composition) and how it sounded (tone). They add up to the
    change.
    """
    check_suffix(output)
    if against not in ("previous", "long_run"):
        raise typer.BadParameter(f"--against {against!r} is neither previous nor long_run.")
    if study is not None and _is_month(study) and not (_is_month(month) or Path(study).exists()):
        raise typer.BadParameter(f"The month comes first: detente why {study} {month}")
    from detente.index.months import as_month
    from detente.inference import why as explain_month
    from detente.inference.moves import Base
    from detente.study import compute_study

    with telling_usage():
        as_month(month, "month")
    with speaking(study, language) as chosen:
        with progress_bars(quiet=quiet) as progress:
            result = compute_study(chosen, skip_bad=skip_bad, progress=progress)
        base: Base = "long_run" if against == "long_run" else "previous"
        try:
            found = explain_month(result.index, month, direction=direction, base=base)
        except BadArgumentError as error:
            raise BadArgumentError(error.message, remedy=_as_options(error.remedy)) from error
        write_result(found.statements if statements else found.table, output, digits=4)
        aside(found.sentence, quiet=quiet)


def _is_month(text: str) -> bool:
    return re.fullmatch(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?", text) is not None


def _as_options(remedy: str) -> str:
    """Return a remedy that names arguments of Python with the options of this command."""
    remedy = remedy.replace("base='long_run'", "--against long_run")
    return re.sub(r"direction='([^']*)'", r'--direction "\1"', remedy)
