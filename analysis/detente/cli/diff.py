"""detente diff: how past months changed between two runs."""

from __future__ import annotations

from typing import Annotated

import typer

from detente.cli.console import aside
from detente.cli.options import Quiet
from detente.cli.tables import check_suffix, write_result

__all__ = ["EXAMPLES", "diff"]

#: Printed below the help.
EXAMPLES = """\
Examples:

\b
  detente diff old/reports/russia-turkey reports/russia-turkey
  detente diff last-year/reports/my-study reports/my-study -o changes.csv
"""


def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="Folder of the older run.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="Folder of the newer run.")],
    output: Annotated[
        str,
        typer.Option(
            "--output", "-o", metavar="FILE", help="CSV, JSON Lines or Parquet; - is the screen."
        ),
    ] = "-",
    quiet: Quiet = False,
) -> None:
    """Tell how past months changed between two runs of a study, and why.

    A row per month and direction: the index of both runs, and the part that statements
    scored anew, edited, removed or added, and settings, have in its change.
    """
    check_suffix(output)
    from detente.study import diff_studies

    result = diff_studies(old, new)
    write_result(result.table, output, digits=4)
    aside(result.sentence, quiet=quiet)
