"""Options for the look of charts, which several commands share."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

__all__ = ["ChartSize", "ChartStyle", "Size", "Style"]


class Style(StrEnum):
    """Looks of a chart."""

    paper = "paper"
    slide = "slide"
    dark = "dark"


class Size(StrEnum):
    """Widths of a chart."""

    page = "page"
    column = "column"


ChartStyle = Annotated[
    Style | None,
    typer.Option(
        "--style",
        help="Charts for paper, for slides (8 by 4.5 or by 6 inches), or light on dark.  "
        "[default: the study's, else paper]",
    ),
]

ChartSize = Annotated[
    Size | None,
    typer.Option(
        "--size",
        help="Width of charts: 7.2 inches, or a column of 89 mm; no slides.  "
        "[default: the study's, else page]",
    ),
]
