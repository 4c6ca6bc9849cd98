"""detente index: the monthly index alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from detente.cli.console import aside, progress_bars, say, tell_notices
from detente.cli.options import Language, Quiet, SkipBad, telling_usage
from detente.cli.parts import speaking
from detente.cli.tables import check_distinct, check_suffix, write_rejected, write_result

if TYPE_CHECKING:
    from detente.index import IndexResult
    from detente.study import Study

__all__ = ["EXAMPLES", "index"]

#: Printed below the help.
EXAMPLES = """\
Examples:

\b
  detente index | head
  detente index japan-korea -o index.parquet
  detente index my-study --method means --weights day
  detente index --as-of 2016-06-30
  detente index scored/ --dyad RUS-TUR    of a folder that detente score wrote
"""

_METHOD = "Index of a month: state_space (smoothed) or means. Default: the study's."
_MODEL = "Law of the state: mean_reverting or local_level. Default: the study's."
_AS_OF = (
    "The index as it was known on a day, 2016-06-30 (a month, 2016-06: its last day): no later "
    "statement, coding or month is used."
)
_WEIGHTS = "What counts once in a month: occasion, office, day or none. Default: the study's."
_DYAD = "The two countries, of a folder of scored statements that holds several dyads."


def index(
    study: Annotated[
        str | None,
        typer.Argument(
            metavar="STUDY",
            help="A study's folder, its study.toml, a bundled study (russia-turkey, japan-korea), "
            "or a folder of scored statements. Default: ./study.toml where there is one, else "
            "russia-turkey.",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        str,
        typer.Option(
            "--output", "-o", metavar="FILE", help="CSV, JSON Lines or Parquet; - is the screen."
        ),
    ] = "-",
    method: Annotated[str | None, typer.Option(help=_METHOD, show_default=False)] = None,
    model: Annotated[str | None, typer.Option(help=_MODEL, show_default=False)] = None,
    weights: Annotated[str | None, typer.Option(help=_WEIGHTS, show_default=False)] = None,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="DAY", help=_AS_OF, show_default=False),
    ] = None,
    dyad: Annotated[
        str | None,
        typer.Option("--dyad", metavar="A-B", help=_DYAD, show_default=False),
    ] = None,
    language: Language = None,
    skip_bad: SkipBad = False,
    quiet: Quiet = False,
) -> None:
    """Make the monthly index of a study.

    One row per month and direction, in degrees from -100 (all hostile) to +100 (all
    cordial). A month without statements has a smoothed index, but no raw mean.
    """
    check_suffix(output)
    asked = {"method": method, "model": model, "weights": weights}
    choices = {name: value for name, value in asked.items() if value is not None}
    if as_of is not None:
        from detente.index.months import as_day

        with telling_usage():
            as_day(as_of, "as_of")
    if study is not None and _is_scored(study):
        if skip_bad:
            raise typer.BadParameter("--skip-bad is an option of the `detente score` before this.")
        from detente import wording

        with telling_usage(), wording.use_language(language or wording.language()):
            pass  # to refuse a language before any work, and nothing else as one
        with wording.use_language(language or wording.language()):
            _index_folder(study, output, dyad, {**choices, "as_of": as_of}, quiet)
        return
    if dyad is not None:
        raise typer.BadParameter(
            "A study has its own dyad; --dyad is for a folder of scored statements."
        )
    with speaking(study, language) as chosen:
        _index_study(chosen, output, choices, as_of, skip_bad=skip_bad, quiet=quiet)


def _index_study(
    study: Study,
    output: str,
    choices: dict[str, str],
    as_of: str | None,
    *,
    skip_bad: bool,
    quiet: bool,
) -> None:
    """Make the monthly index of a study."""
    from detente.errors import BadArgumentError
    from detente.study import compute_study
    from detente.study.tables import index_table

    try:
        chosen = study.with_choices(**choices)
    except BadArgumentError as error:
        raise typer.BadParameter(str(error)) from error
    check_distinct(output, map(chosen.path, ("statements", "events", "codings", "lexicon")))
    with progress_bars(quiet=quiet) as progress:
        result = compute_study(chosen, skip_bad=skip_bad, progress=progress, as_of=as_of)
    write_result(index_table(result), output, digits=4)
    write_rejected(result.data.rejected, output)
    tell_notices(result.notices, result.data.problems, quiet=quiet)
    _tell_sides(result.index, quiet=quiet)
    if output != "-":
        say(f"Wrote {output}: {result.sentence}", quiet=quiet)


def _tell_sides(index: IndexResult, *, quiet: bool) -> None:
    """Say that the sides' smoothed rows are one curve, where they are: the table cannot."""
    from detente.index.prose import are_sides_one

    if are_sides_one(index):
        aside(index.sides_sentence, quiet=quiet)


def _is_scored(name: str) -> bool:
    """Tell whether a name is that of a folder of scored statements, loading nothing for it."""
    return (Path(name).expanduser() / "_manifest.json").is_file()


def _index_folder(
    name: str, output: str, dyad: str | None, choices: dict[str, str | None], quiet: bool
) -> None:
    """Make the monthly index of a folder of scored statements."""
    from detente._checks import Problems
    from detente.errors import BadArgumentError
    from detente.study.notices import GRAVE, REFUSED, noticed
    from detente.study.parts import index_folder, open_scored

    scored = open_scored(name)
    try:
        result, notices = index_folder(scored, dyad, **choices)
    except BadArgumentError as error:
        raise typer.BadParameter(str(error)) from error
    table = noticed(result.table, notices, marks=(*GRAVE, REFUSED))
    write_result(table, output, digits=4)
    tell_notices(notices, Problems(), quiet=quiet)
    _tell_sides(result, quiet=quiet)
    if output != "-":
        say(f"Wrote {output}: {result.sentence}", quiet=quiet)
