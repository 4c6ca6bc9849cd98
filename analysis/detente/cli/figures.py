"""detente figures: the charts alone."""

from __future__ import annotations

from pathlib import Path

from detente.cli.console import progress_bars, tell_result
from detente.cli.options import OutputFolder, Quiet, SkipBad, StudyName

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
    from detente.study import load_study, run_study

    with progress_bars(quiet=quiet) as progress:
        result = run_study(
            load_study(study), output, skip_bad=skip_bad, progress=progress, parts=("figures",)
        )
    tell_result(result, quiet=quiet)
