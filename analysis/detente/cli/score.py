"""detente score: tone for a file of statements."""

from __future__ import annotations

from typing import Annotated

import typer

from detente.cli.console import progress_bars, say, tell_notices
from detente.cli.options import OtherStudy, Quiet, SkipBad, column_names
from detente.cli.tables import check_distinct, check_suffix, write_rejected, write_result

__all__ = ["EXAMPLES", "score"]

#: Printed below the help.
EXAMPLES = """\
Examples:

\b
  detente score statements.csv -o scored.csv
  detente score remarks.xlsx -o scored.parquet --columns date=Day,text=Quotation
  detente score statements.jsonl --study my-study | head
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
    scorer: Annotated[
        str | None,
        typer.Option("--scorer", help="What gives the tone. Default: the study's, else vader."),
    ] = None,
    study: OtherStudy = None,
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
    gets none, with the reason in tone_flag. Bad rows that --skip-bad sets aside go to
    OUT.rejected.csv beside OUT, with reasons.
    """
    check_suffix(output)
    check_distinct(output, [statements])
    names = column_names(columns or [])
    from detente import wording
    from detente.errors import BadArgumentError
    from detente.statements import is_example, load_statements
    from detente.study import load_study
    from detente.study.notices import noticed, study_notices
    from detente.study.scoring import study_scorer
    from detente.tone import get_scorer, score_statements

    chosen = None if study is None else load_study(study)
    try:
        giver = get_scorer(scorer or "vader") if chosen is None else study_scorer(chosen, scorer)
    except BadArgumentError as error:
        raise typer.BadParameter(str(error)) from error
    read = load_statements(statements, columns=names, skip_bad=skip_bad)
    with progress_bars(quiet=quiet) as progress:
        n_done = 0

        def more(n: int) -> None:
            nonlocal n_done
            n_done += n
            if progress is not None:
                progress("Score", n_done, len(read.frame))

        aliases = None if chosen is None else chosen.aliases
        scored = score_statements(read.frame, giver, aliases=aliases, progress=more)
    n_unscored = int(scored["tone"].isna().sum())
    notices = study_notices(
        n_example=int(is_example(scored).sum()), n_rejected=read.n_rejected, n_unscored=n_unscored
    )
    write_result(noticed(scored, notices), output, digits=6)
    write_rejected(read.rejected, output)
    tell_notices(notices, read.problems, quiet=quiet)
    if output != "-":
        said = f"{wording.count(len(scored), 'statement')}, {n_unscored:,} without tone"
        if read.n_rejected:
            said += f", {wording.count(read.n_rejected, 'bad row')} set aside"
        say(f"Wrote {output}: {said}.", quiet=quiet)
