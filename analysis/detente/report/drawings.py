"""Figures for a report to which none were handed."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from detente.index import IndexResult
from detente.report.about import ReportFigure

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["report_figures"]

#: Width and height in inches: page 1 has the summary too, page 3 the table of episodes.
_INDEX_SIZE = (7.2, 5.3)
_STATEMENTS_SIZE = (7.2, 4.4)


def report_figures(
    index: IndexResult,
    sample: pd.DataFrame,
    episodes: pd.DataFrame,
    notices: Sequence[str],
) -> list[ReportFigure]:
    """Draw index, statements and calendar.

    Parameters
    ----------
    index : IndexResult
        The index.
    sample : DataFrame
        The statements of the dyad and period.
    episodes : DataFrame
        The headline episodes, marked in the charts.
    notices : sequence of str
        What every output must carry.

    Returns
    -------
    list of ReportFigure
        The index first: it stands on page 1.
    """
    # Imported here: a report to which figures were handed needs no matplotlib.
    from detente.figures import (
        figure_captions,
        new_axes,
        plot_calendar,
        plot_index,
        plot_statements,
    )

    marked = episodes if len(episodes) else None
    captions = figure_captions(index, scored=sample, episodes=marked)
    # The report prints the title itself, with a number.
    given: dict[str, Any] = {"title": "", "notices": notices}
    drawn = {
        "index": plot_index(index, episodes=marked, ax=new_axes(*_INDEX_SIZE), **given),
        "statements": plot_statements(
            sample,
            index.dyad,
            result=index,
            episodes=marked,
            ax=new_axes(*_STATEMENTS_SIZE),
            **given,
        ),
        "calendar": plot_calendar(index, **given),
    }
    return [
        ReportFigure(_svg(axes), captions[name].title, captions[name].caption, captions[name].alt)
        for name, axes in drawn.items()
    ]


def _svg(axes: Axes) -> bytes:
    from matplotlib import pyplot

    from detente.figures import save_figure

    with tempfile.TemporaryDirectory(prefix="detente-figure-") as folder:
        paths = save_figure(axes, Path(folder) / "figure", formats=("svg",))
        content = paths[0].read_bytes()
    # A figure that pyplot knows stays in memory until it is closed.
    pyplot.close(axes.get_figure(root=True))
    return content
