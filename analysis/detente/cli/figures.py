"""detente figures: the charts alone."""

from __future__ import annotations

from pathlib import Path

from detente.cli.looks import ChartSize, ChartStyle
from detente.cli.options import Language, OutputFolder, Quiet, SkipBad, StudyName
from detente.cli.parts import write_parts

__all__ = ["EXAMPLES", "figures"]

#: Printed below the help.
EXAMPLES = """\
Examples:

\b
  detente figures
  detente figures my-study --output out
  detente figures --style dark
  detente figures --size column
"""


def figures(
    study: StudyName = None,
    output: OutputFolder = Path(),
    style: ChartStyle = None,
    size: ChartSize = None,
    language: Language = None,
    skip_bad: SkipBad = False,
    quiet: Quiet = False,
) -> None:
    """Draw the charts of a study.

    Each goes to figures/NAME/ as SVG, PNG and PDF, with its caption and alternative text beside
    it: index (temperature), statements, calendar and sides. Those of what was found (forest,
    episodes, breaks, regimes, lead_lag, forecast, voices, robustness, moves) take more time and
    are drawn by detente run.
    """
    write_parts(
        study,
        output,
        "figures",
        skip_bad=skip_bad,
        quiet=quiet,
        language=language,
        style=style,
        size=size,
    )
