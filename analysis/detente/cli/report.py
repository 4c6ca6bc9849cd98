"""detente report: the PDF alone."""

from __future__ import annotations

from pathlib import Path

from detente.cli.console import progress_bars, tell_result
from detente.cli.options import OutputFolder, Quiet, SkipBad, StudyName

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
    from detente.study import load_study, run_study

    with progress_bars(quiet=quiet) as progress:
        result = run_study(
            load_study(study), output, skip_bad=skip_bad, progress=progress, parts=("report",)
        )
    tell_result(result, quiet=quiet)
