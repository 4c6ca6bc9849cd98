"""detente report: the report alone, as PDF or web page, whole or in part."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from detente.cli.options import Language, Logo, OutputFolder, Quiet, SkipBad, StudyName
from detente.cli.parts import write_parts

__all__ = ["EXAMPLES", "report"]

#: Printed below the help.
EXAMPLES = """\
Examples:

\b
  detente report
  detente report japan-korea --output out
  detente report --sections brief,events,validity
  detente report --format html --logo logo.svg
"""


class Format(StrEnum):
    """What a report can be."""

    pdf = "pdf"
    html = "html"


def report(
    study: StudyName = None,
    output: OutputFolder = Path(),
    sections: Annotated[
        str | None,
        typer.Option(
            "--sections",
            metavar="NAMES",
            help="Sections to print, separated by commas: brief, course, events, sides, voices, "
            "forecast, validity, robustness, open (what could not be told), method, data, "
            "appendix. Default: all.",
            show_default=False,
        ),
    ] = None,
    logo: Logo = None,
    format: Annotated[
        Format,
        typer.Option("--format", help="A PDF, or one web page with the same texts."),
    ] = Format.pdf,
    language: Language = None,
    skip_bad: SkipBad = False,
    quiet: Quiet = False,
) -> None:
    """Write the report of a study.

    It goes to reports/NAME/report.pdf, or to report.html with --format html.
    """
    write_parts(
        study,
        output,
        "report",
        "findings",
        skip_bad=skip_bad,
        quiet=quiet,
        language=language,
        sections=None if sections is None else sections.split(","),
        logo=logo,
        format=format.value,
    )
