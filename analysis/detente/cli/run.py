"""detente run: a whole study."""

from __future__ import annotations

from pathlib import Path

from detente.cli.looks import ChartSize, ChartStyle
from detente.cli.options import Language, Logo, OutputFolder, Quiet, SkipBad, StudyName
from detente.cli.parts import write_parts

__all__ = ["EXAMPLES", "run"]

#: Printed below the help.
EXAMPLES = """\
Examples:

\b
  detente run
  detente run japan-korea --output out
  detente run my-study --skip-bad
  detente run --style slide
  detente run --language tr --logo logo.svg
"""


def run(
    study: StudyName = None,
    output: OutputFolder = Path(),
    style: ChartStyle = None,
    size: ChartSize = None,
    logo: Logo = None,
    language: Language = None,
    skip_bad: SkipBad = False,
    quiet: Quiet = False,
) -> None:
    """Run a study: index, charts, tables and PDF report.

    Charts go to figures/NAME/, the report and its tables to reports/NAME/. An error stops
    the run with nothing written.
    """
    write_parts(
        study,
        output,
        skip_bad=skip_bad,
        quiet=quiet,
        language=language,
        style=style,
        size=size,
        logo=logo,
    )
