"""detente power: how many statements it takes to see a change."""

from __future__ import annotations

import math
from typing import Annotated

import typer

from detente.cli.console import aside, progress_bars
from detente.cli.options import Quiet
from detente.cli.tables import check_suffix, write_result
from detente.errors import StudyError

__all__ = ["EXAMPLES", "power"]

#: Printed below the help.
EXAMPLES = """\
Examples:

\b
  detente power 30
  detente power 40 my-study
  detente power 30 --statement 29 --day 17 --drift 19 -o plan.csv
"""

_NOISE = "Standard deviation in degrees of {}; default: that of the study, or of Russia-Turkey."


def power(
    change: Annotated[float, typer.Argument(metavar="DEGREES", help="The change to be seen.")],
    study: Annotated[
        str | None,
        typer.Argument(
            metavar="STUDY",
            help="A study whose noise is used: its folder or study.toml, or a bundled study. "
            "Default: the noise of Russia-Turkey.",
            show_default=False,
        ),
    ] = None,
    other: Annotated[
        str | None,
        typer.Option(
            "--study", metavar="STUDY", help="The same, as an option.", show_default=False
        ),
    ] = None,
    output: Annotated[
        str,
        typer.Option(
            "--output", "-o", metavar="FILE", help="CSV, JSON Lines or Parquet; - is the screen."
        ),
    ] = "-",
    statement: Annotated[
        float | None, typer.Option(help=_NOISE.format("a statement"), show_default=False)
    ] = None,
    day: Annotated[
        float | None, typer.Option(help=_NOISE.format("a day"), show_default=False)
    ] = None,
    drift: Annotated[
        float | None, typer.Option(help=_NOISE.format("the drift"), show_default=False)
    ] = None,
    chance: Annotated[float, typer.Option(help="Chance of seeing it, in (0.5, 1).")] = 0.8,
    quiet: Quiet = False,
) -> None:
    """Tell how many statements it takes to see a change.

    A row per plan: statements a month of both sides, months before the event and as many
    after it, the smallest change that can be seen, and the chance of seeing the one asked for.
    """
    check_suffix(output)
    if study is not None and other is not None:
        raise typer.BadParameter("The study is given twice, as argument and with --study.")
    study = other if study is None else study
    if not 0.5 < chance < 1:
        raise typer.BadParameter(f"--chance {chance} lies outside (0.5, 1); usual is 0.8.")
    asked = {"statement": statement, "day": day, "drift": drift}
    given = {name: value for name, value in asked.items() if value is not None}
    for name, value in given.items():
        if not 0 <= value < math.inf or (name == "statement" and not value):
            least = "above 0" if name == "statement" else "from 0"
            raise typer.BadParameter(
                f"--{name} {value} is no standard deviation, which is a number {least}."
            )
    from detente.inference import estimate_episodes, needed_statements
    from detente.inference.power import NOISE

    noise = dict(NOISE)
    if study is not None and len(given) < len(asked):
        from detente.study import compute_study, load_study

        with progress_bars(quiet=quiet) as progress:
            result = compute_study(load_study(study), progress=progress)
        fitted = estimate_episodes(result.statements, result.events, result.study.dyad, n_placebo=0)
        own = fitted.parameters["noise_without_steps"]
        if own is None:
            raise StudyError(
                f"{result.study.title} has too few statements to tell its noise.",
                remedy="Leave the study out, or give --statement, --day and --drift.",
            )
        noise |= own
    noise |= given
    plan = needed_statements(change, noise, power=chance)
    write_result(plan.table, output, digits=4)
    aside(plan.sentence, quiet=quiet)
