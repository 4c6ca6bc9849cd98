"""detente index: the monthly index alone."""

from __future__ import annotations

from typing import Annotated

import typer

from detente.cli.console import progress_bars, say, tell_notices
from detente.cli.options import Quiet, SkipBad, StudyName
from detente.cli.tables import check_distinct, check_suffix, write_rejected, write_result

__all__ = ["EXAMPLES", "index"]

#: Printed below the help.
EXAMPLES = """\
Examples:

\b
  detente index | head
  detente index japan-korea -o index.parquet
"""


def index(
    study: StudyName = None,
    output: Annotated[
        str,
        typer.Option(
            "--output", "-o", metavar="FILE", help="CSV, JSON Lines or Parquet; - is the screen."
        ),
    ] = "-",
    skip_bad: SkipBad = False,
    quiet: Quiet = False,
) -> None:
    """Make the monthly index of a study.

    One row per month and direction, in degrees from -100 (all hostile) to +100 (all
    cordial). A month without statements is there with empty cells.
    """
    check_suffix(output)
    from detente.study import compute_study, load_study
    from detente.study.tables import index_table

    chosen = load_study(study)
    check_distinct(output, map(chosen.path, ("statements", "events", "codings", "lexicon")))
    with progress_bars(quiet=quiet) as progress:
        result = compute_study(chosen, skip_bad=skip_bad, progress=progress)
    write_result(index_table(result), output, digits=4)
    write_rejected(result.data.rejected, output)
    tell_notices(result.notices, result.data.problems, quiet=quiet)
    if output != "-":
        say(f"Wrote {output}: {result.sentence}", quiet=quiet)
