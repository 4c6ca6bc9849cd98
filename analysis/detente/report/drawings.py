"""Figures for a report to which none were handed."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from detente import wording
from detente.index import IndexResult
from detente.inference import Findings
from detente.report.about import ReportFigure
from detente.report.points import named_episodes
from detente.validation import ValidationResult

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from detente.figures.captions import FigureCaption

__all__ = ["report_figures", "validity_figure"]

#: Millimetres between the margins of a page of the report, as in blocks.typ: a chart is printed
#: in the size in which it is drawn.
_WIDTH = 166.0
_INCH = 25.4
#: Height in millimetres of the chart on page 1, beside the brief.
_LOW = 66.0


def report_figures(
    index: IndexResult,
    sample: pd.DataFrame,
    episodes: pd.DataFrame,
    notices: Sequence[str],
    findings: Findings | None = None,
    labels: Mapping[str, str] | None = None,
    events: pd.DataFrame | None = None,
) -> dict[str, ReportFigure]:
    """Draw the index, its statements and what was found.

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
    findings : Findings, optional
        What was found.
    labels : mapping of str to str, optional
        Episode -> its name.
    events : DataFrame, optional
        The events that the changes at episodes were estimated at; without them there is no
        figure of what was said around each.

    Returns
    -------
    dict of str to ReportFigure
        By name; "temperature" stands on page 1.
    """
    # Imported here: a report to which figures were handed needs no matplotlib.
    from detente.figures import (
        figure_captions,
        finding_figures,
        new_axes,
        plot_calendar,
        plot_index,
        plot_statements,
    )
    from detente.figures.windows import is_estimated_from

    marked = episodes if len(episodes) else None
    captions = figure_captions(index, scored=sample, episodes=marked)
    names = index.dyad.in_text
    title = wording.say("How warmly officials of {countries} spoke of each other", countries=names)
    captions["temperature"] = replace(captions["index"], title=title, caption="")
    # The report prints the title itself, with a number.
    given: dict[str, Any] = {"title": "", "notices": notices}
    drawn: dict[str, Callable[[], Axes]] = {
        "temperature": lambda: plot_index(
            index,
            episodes=_told(episodes, findings),
            is_brief=True,
            ax=new_axes(_WIDTH / _INCH, _LOW / _INCH),
            **given,
        ),
        "index": partial(plot_index, index, episodes=marked, **given),
        "statements": partial(
            plot_statements, sample, index.dyad, result=index, episodes=marked, **given
        ),
        "calendar": partial(plot_calendar, index, **given),
    }
    changes = None if findings is None else findings.episodes
    if changes is None or events is None or not is_estimated_from(changes, sample, events):
        events = None
    for name, figure in finding_figures(index, findings, labels, sample, events).items():
        drawn[name] = partial(figure.draw, **given)
        captions[name] = figure.caption
    return {name: _figure(draw, captions[name]) for name, draw in drawn.items()}


def _told(episodes: pd.DataFrame, findings: Findings | None) -> pd.DataFrame | None:
    """Return the episodes that page 1 names; all where none was tested."""
    named = named_episodes(findings)
    rows = episodes[episodes["episode"].isin(named)] if named else episodes
    return rows if len(rows) else None


def validity_figure(result: ValidationResult, notices: Sequence[str]) -> ReportFigure:
    """Draw tone against codings.

    Parameters
    ----------
    result : ValidationResult
        What `validate_scorer` found.
    notices : sequence of str
        What every output must carry.

    Returns
    -------
    ReportFigure
        The figure of the chapter "Validity".
    """
    from detente.figures import plot_validity
    from detente.figures.validity import validity_caption

    return _figure(
        partial(plot_validity, result, title="", notices=notices), validity_caption(result)
    )


def _figure(draw: Callable[[], Axes], caption: FigureCaption) -> ReportFigure:
    return ReportFigure(partial(_svg, draw), caption.title, caption.caption, caption.alt)


def _svg(draw: Callable[[], Axes]) -> bytes:
    """Draw a chart for a page, whose caption says how to read it."""
    from matplotlib import pyplot

    from detente.figures import save_figure
    from detente.figures.page import footless, wide

    with wide(_WIDTH / _INCH * 72), footless():
        axes = draw()
    with tempfile.TemporaryDirectory(prefix="detente-figure-") as folder:
        paths = save_figure(axes, Path(folder) / "figure", formats=("svg",))
        content = paths[0].read_bytes()
    # A figure that pyplot knows stays in memory until it is closed.
    pyplot.close(axes.get_figure(root=True))
    return content
