"""detente figures: the charts alone."""

from __future__ import annotations

from pathlib import Path

from detente.cli.options import OutputFolder, Quiet, SkipBad, StudyName
from detente.cli.parts import write_parts

__all__ = ["EXAMPLES", "figures"]

#: Printed below the help.
EXAMPLES = """\
Examples:

\b
  detente figures
  detente figures my-study --output out
"""


def figures(
    study: StudyName = None,
    output: OutputFolder = Path(),
    skip_bad: SkipBad = False,
    quiet: Quiet = False,
) -> None:
    """Draw the charts of a study.

    Index, statements and calendar, each as SVG, PNG and PDF, go to figures/NAME/.
    """
    write_parts(study, output, "figures", skip_bad=skip_bad, quiet=quiet)
