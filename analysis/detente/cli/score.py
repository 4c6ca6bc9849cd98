"""detente score: tone for a file of statements."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from detente.cli.console import aside, complain, progress_bars, say, tell_notices
from detente.cli.options import OtherStudy, Quiet, SkipBad, column_names
from detente.cli.pace import progress_rate
from detente.cli.tables import check_distinct, check_suffix, write_rejected, write_result

if TYPE_CHECKING:
    from detente.study import Study
    from detente.tone import Scorer

__all__ = ["EXAMPLES", "score"]

#: Bytes of input from which a folder is scored on all cores; below, starting them takes longer.
_LARGE = 4_000_000

#: Printed below the help.
EXAMPLES = """\
Examples:

\b
  detente score statements.csv -o scored.csv
  detente score remarks.xlsx -o scored.parquet --columns date=Day,text=Quotation
  detente score statements.jsonl --study my-study | head
  detente score archive.csv.gz -o scored/    any size: in parts, on all cores
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
            "--output",
            "-o",
            metavar="OUT",
            help="CSV, JSON Lines or Parquet; a folder (with / behind) takes input of any size; "
            "- is the screen.",
        ),
    ] = "-",
    scorer: Annotated[
        str | None,
        typer.Option(
            "--scorer",
            help="What gives the tone: vader (the mood of the words, whomever they are about), "
            "target or calibrated (toward the other country). Default: the study's, else vader.",
        ),
    ] = None,
    study: OtherStudy = None,
    columns: Annotated[
        list[str] | None,
        typer.Option(
            "--columns", metavar="NAME=YOURS,...", help="Names of the columns in your file."
        ),
    ] = None,
    skip_bad: SkipBad = False,
    engine: Annotated[
        str | None,
        typer.Option(
            "--engine",
            help="Where a folder's parts are scored: serial, processes or dask. Default: "
            "processes, on all cores, of a small file serial.",
            show_default=False,
        ),
    ] = None,
    scheduler: Annotated[
        str,
        typer.Option(
            "--scheduler",
            metavar="ADDRESS",
            help="A running Dask scheduler, such as tcp://10.0.0.1:8786.",
            show_default=False,
        ),
    ] = "",
    workers: Annotated[
        int | None,
        typer.Option("--workers", min=1, help="Processes. Default: all cores.", show_default=False),
    ] = None,
    batch: Annotated[
        int | None,
        typer.Option(
            "--batch", min=1, help="Most rows of a part. Default: 32,768.", show_default=False
        ),
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Give each statement of a file its tone.

    Tone lies in [-1, 1]. That of target and calibrated is toward the country that is spoken
    of; that of vader, the default without --study, is the mood of the words, whomever they
    are about. Text that is not English gets none, with the reason in tone_flag. Bad rows that
    --skip-bad sets aside go to OUT.rejected.csv beside OUT (in a folder: OUT/_rejected), with
    reasons.

    With a folder as OUT the file is read in batches, and each becomes a Parquet part: input of
    any size takes little memory. Interrupted, the same command goes on where it was. Warnings
    are not looked for; detente check does that.
    """
    _check_no_study(statements)
    is_folder = output.endswith(("/", os.sep)) or Path(output).expanduser().is_dir()
    if not is_folder and output != "-" and not Path(output).suffix:
        raise typer.BadParameter(
            f"The format of {output!r} is not known. A folder is named with a stroke behind it "
            f"(-o {output}/), a file with .csv, .jsonl or .parquet."
        )
    if not is_folder:
        check_suffix(output)
    if not is_folder and (engine or scheduler or workers or batch):
        raise typer.BadParameter(
            "--engine, --scheduler, --workers and --batch are for a folder alone: -o scored/"
        )
    check_distinct(output, [statements])
    names = column_names(columns or [])
    from detente import wording
    from detente.errors import BadArgumentError, CheckError
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
    if scorer is None and chosen is None:
        aside(_MOOD, quiet=quiet)
    if is_folder:
        run_on = _engine_name(statements, engine, scheduler, workers)
        _score_folder(
            statements,
            output,
            giver,
            chosen,
            names,
            skip_bad,
            (run_on, scheduler, workers),
            batch,
            quiet,
        )
        return
    try:
        read = load_statements(statements, columns=names, skip_bad=skip_bad)
    except CheckError as error:
        if skip_bad and error.rejected is not None and len(error.rejected):
            written = write_rejected(error.rejected, output)
            error.remedy += f" The bad rows, with reasons: {written}" if written else ""
        raise
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


#: Said where nobody chose the scorer.
_MOOD = (
    "Scorer: vader, the mood of the words, whomever they are about; --scorer target reads the "
    "tone toward the other country."
)


def _check_no_study(statements: str) -> None:
    """Say what is given in place of a study, which the other commands take."""
    from detente.study import bundled_studies, load_study

    path = Path(statements).expanduser()
    is_bundled = statements in bundled_studies() and not path.exists()
    if is_bundled or (path / "study.toml").is_file():
        file = load_study(statements).path("statements")
        raise typer.BadParameter(
            f"{statements!r} is a study. Give the file of its statements, and the study for its "
            f'scorer, names and lexicon: detente score "{file}" --study "{statements}"'
        )


def _engine_name(statements: str, asked: str | None, scheduler: str, workers: int | None) -> str:
    """Return the engine that is asked for, or the one that suits the size of the input."""
    if asked == "serial" and (workers or 1) > 1:
        raise typer.BadParameter(
            f"--workers {workers} is of no use to --engine serial. Leave one of them out."
        )
    if asked is not None:
        return asked
    if scheduler:
        return "dask"
    path = Path(statements).expanduser()
    is_large = path.is_file() and path.stat().st_size > _LARGE
    return "processes" if is_large or (workers or 1) > 1 else "serial"


def _score_folder(
    statements: str,
    output: str,
    scorer: Scorer,
    study: Study | None,
    columns: dict[str, str],
    skip_bad: bool,
    run_on: tuple[str, str, int | None],
    batch: int | None,
    quiet: bool,
) -> None:
    """Score a file of any size into a folder of parts."""
    from detente import wording
    from detente._checks import Problems
    from detente.engines import get_engine
    from detente.errors import BadArgumentError
    from detente.statements import Bounds
    from detente.study.archive import score_folder
    from detente.study.notices import study_notices
    from detente.study.parts import REJECTED

    name, scheduler, workers = run_on
    try:
        engine = get_engine(name, workers=workers, scheduler=scheduler)
    except BadArgumentError as error:
        raise typer.BadParameter(str(error)) from error
    try:
        with progress_rate(quiet=quiet) as progress:
            folder, problems = score_folder(
                statements,
                output,
                scorer,
                columns=columns,
                skip_bad=skip_bad,
                aliases=None if study is None else study.aliases,
                engine=engine,
                bounds=None if batch is None else Bounds(rows=batch),
                progress=progress,
            )
    except KeyboardInterrupt as error:
        is_begun = any(Path(output).expanduser().glob("part-*.parquet"))
        complain(
            f"Interrupted. Finished parts stay in {output}."
            if is_begun
            else "Interrupted before the first part was finished.",
            "Start the same command again to go on from there."
            if is_begun
            else "Smaller parts (--batch) are finished sooner.",
        )
        raise typer.Exit(130) from error
    counts = folder.counts
    notices = study_notices(
        n_example=counts["n_example"],
        n_rejected=counts["n_rejected"],
        n_unscored=counts["n_unscored"],
    )
    tell_notices(notices, Problems(problems), quiet=quiet)
    said = f"{wording.count(counts['n_statements'], 'statement')} in "
    said += wording.count(counts["n_parts"], "part")
    n_before = counts["n_parts"] - folder.n_written
    if folder.n_written and n_before:
        said += f" ({n_before:,} by an earlier run)"
    said += f", {counts['n_unscored']:,} without tone"
    if counts["n_rejected"]:
        said += f", {wording.count(counts['n_rejected'], 'bad row')} set aside in {REJECTED}"
    if folder.n_written:
        say(f"Wrote {output}: {said}.", quiet=quiet)
    else:
        say(f"{output} had all its parts already: {said}.", quiet=quiet)
