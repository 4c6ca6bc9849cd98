"""detente score: tone for a file of statements."""

from __future__ import annotations

from typing import Annotated

import typer

from detente.cli.console import progress_bars, say
from detente.cli.options import Quiet, SkipBad, column_names
from detente.cli.tables import check_suffix, write_result

__all__ = ["EXAMPLES", "score"]

#: Printed below the help.
EXAMPLES = """\
Examples:

\b
  detente score statements.csv -o scored.csv
  detente score remarks.xlsx -o scored.parquet --columns date=Day,text=Quotation
  detente score statements.jsonl | head
"""


def score(
    statements: Annotated[
        str,
        typer.Argument(
            metavar="IN", help="Statements: CSV, TSV, JSON Lines, Parquet or Excel; path or URL."
        ),
    ],
    output: Annotated[
        str,
        typer.Option(
            "--output", "-o", metavar="OUT", help="CSV, JSON Lines or Parquet; - is the screen."
        ),
    ] = "-",
    scorer: Annotated[str, typer.Option("--scorer", help="What gives the tone.")] = "vader",
    columns: Annotated[
        list[str] | None,
        typer.Option(
            "--columns", metavar="NAME=YOURS,...", help="Names of the columns in your file."
        ),
    ] = None,
    skip_bad: SkipBad = False,
    quiet: Quiet = False,
) -> None:
    """Give each statement of a file its tone.

    Tone lies in [-1, 1], toward the country that is spoken of. Text that is not English
    gets none, with the reason in tone_flag.
    """
    check_suffix(output)
    names = column_names(columns or [])
    from detente import wording
    from detente.errors import did_you_mean
    from detente.statements import load_statements
    from detente.tone import available_scorers, score_statements

    if scorer not in available_scorers():
        hint = did_you_mean(scorer, available_scorers())
        raise typer.BadParameter(
            f"There is no scorer {scorer!r}. {hint or 'Use ' + ', '.join(available_scorers())}"
        )
    read = load_statements(statements, columns=names, skip_bad=skip_bad)
    with progress_bars(quiet=quiet) as progress:
        n_done = 0

        def more(n: int) -> None:
            nonlocal n_done
            n_done += n
            if progress is not None:
                progress("Score", n_done, len(read.frame))

        scored = score_statements(read.frame, scorer, progress=more)
    write_result(scored, output, digits=6)
    if output != "-":
        n_unscored = int(scored["tone"].isna().sum())
        said = f"{wording.count(len(scored), 'statement')}, {n_unscored:,} without tone"
        if read.n_rejected:
            said += f", {wording.count(read.n_rejected, 'bad row')} set aside"
        say(f"Wrote {output}: {said}.", quiet=quiet)
