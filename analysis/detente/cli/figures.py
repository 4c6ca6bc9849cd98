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
    it, the same files as of detente run: index (temperature), statements, calendar, sides, what
    was found (forest, episodes, breaks, regimes, lead_lag, forecast, voices, robustness, moves),
    and validity and bias where there are codings. Reports and tables stay as they are.
    """
    write_parts(
        study,
        output,
        "figures",
        "findings",
        skip_bad=skip_bad,
        quiet=quiet,
        language=language,
        style=style,
        size=size,
    )
