"""detente validate: scorers against the codings of a study."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from detente.cli.console import progress_bars, say
from detente.cli.options import Language, Quiet, SkipBad, StudyName
from detente.cli.parts import speaking

if TYPE_CHECKING:
    from detente.study.validation import StudyValidation

__all__ = ["EXAMPLES", "validate"]

#: Printed below the help.
EXAMPLES = """\
Examples:

\b
  detente validate
  detente validate --scorer target --scorer calibrated --crisis 2015-11-24..2016-05
  detente validate my-study -o validation
"""

#: Endings that are no folder's.
_FILES = (".csv", ".json", ".pdf", ".png", ".svg", ".txt", ".xlsx")

_CRISIS = re.compile(r"(\d{4}-\d{2}(?:-\d{2})?)\.\.(\d{4}-\d{2}(?:-\d{2})?)")


def validate(
    study: StudyName = None,
    scorer: Annotated[
        list[str] | None,
        typer.Option(
            "--scorer",
            metavar="NAME",
            help="A scorer; may be given more than once. Default: the study's own. Plain vader "
            "stands beside each.",
            show_default=False,
        ),
    ] = None,
    crisis: Annotated[
        str | None,
        typer.Option(
            "--crisis",
            metavar="FROM..TO",
            help="Days or months of a crisis that has to stand out from the year before and after.",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="DIR",
            help="Folder for validation.csv, validation.json and a figure per scorer.",
            show_default=False,
        ),
    ] = None,
    language: Language = None,
    skip_bad: SkipBad = False,
    quiet: Quiet = False,
) -> None:
    """Measure how scorers agree with the codings of a study.

    Printed are agreement with intervals, bias by group, classes, the worst misses with
    their traces, and the agreement between the coders.
    """
    period = _period(crisis)
    if output is not None and output.suffix.lower() in _FILES and not output.is_dir():
        raise typer.BadParameter(
            f"{str(output)!r} reads as the name of a file; several files are written into a "
            f"folder, such as {output.stem}.",
            param_hint="'--output'",
        )
    from detente.errors import BadArgumentError
    from detente.study.validation import validate_study

    names = list(scorer or [])
    _check_names(names)
    with speaking(study, language) as chosen:
        with progress_bars(quiet=quiet) as progress:
            try:
                found = validate_study(
                    chosen, names, crisis=period, skip_bad=skip_bad, progress=progress
                )
            except BadArgumentError as error:
                if period is None:
                    raise
                # Of what the user typed only the crisis can be at fault here.
                raise typer.BadParameter(str(error), param_hint="'--crisis'") from error
        if not quiet:
            from detente.study.verdict import told

            say(told(found))
        if output is not None:
            for file in _write(found, output):
                say(f"Wrote {file}", quiet=quiet)


def _period(crisis: str | None) -> tuple[str, str] | None:
    if crisis is None:
        return None
    found = _CRISIS.fullmatch(crisis.strip())
    if found is None:
        raise typer.BadParameter(
            f"{crisis!r} is no period. Write FROM..TO, as in 2015-11-24..2016-05.",
            param_hint="'--crisis'",
        )
    return found[1], found[2]


def _check_names(names: list[str]) -> None:
    """Refuse an unknown scorer before any work is done."""
    from detente.errors import BadArgumentError
    from detente.tone import get_scorer, is_scorer_name

    for name in names:
        if not is_scorer_name(name):
            try:
                get_scorer(name)
            except BadArgumentError as error:
                raise typer.BadParameter(str(error), param_hint="'--scorer'") from error


def _write(found: StudyValidation, output: Path) -> list[Path]:
    from detente.study.publish import write_validation

    return write_validation(found, output)
