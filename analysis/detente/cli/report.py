"""detente report: the PDF alone."""

from __future__ import annotations

from pathlib import Path

from detente.cli.options import OutputFolder, Quiet, SkipBad, StudyName
from detente.cli.parts import write_parts

__all__ = ["EXAMPLES", "report"]

#: Printed below the help.
EXAMPLES = """\
Examples:

\b
  detente report
  detente report japan-korea --output out
"""


def report(
    study: StudyName = None,
    output: OutputFolder = Path(),
    skip_bad: SkipBad = False,
    quiet: Quiet = False,
) -> None:
    """Write the PDF report of a study.

    It goes to reports/NAME/report.pdf.
    """
    write_parts(study, output, "report", "findings", skip_bad=skip_bad, quiet=quiet)
