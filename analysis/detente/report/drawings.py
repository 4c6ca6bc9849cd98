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
from detente.countries import country_name
from detente.index import IndexResult
from detente.inference import Findings
from detente.report.about import ReportFigure
from detente.report.points import named_episodes
from detente.validation import ValidationResult

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["report_figures", "validity_figure"]

#: Width and height in inches; the first stands on page 1, beside the brief.
_TEMPERATURE_SIZE = (7.2, 2.9)
_INDEX_SIZE = (7.2, 5.3)
_STATEMENTS_SIZE = (7.2, 4.4)


def report_figures(
    index: IndexResult,
    sample: pd.DataFrame,
    episodes: pd.DataFrame,
    notices: Sequence[str],
    findings: Findings | None = None,
    labels: Mapping[str, str] | None = None,
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

    marked = episodes if len(episodes) else None
    captions = figure_captions(index, scored=sample, episodes=marked)
    names = wording.listing([country_name(code) for code in (index.dyad.a, index.dyad.b)])
    captions["temperature"] = replace(
        captions["index"], title=f"How warmly officials of {names} spoke of each other", caption=""
    )
    # The report prints the title itself, with a number.
    given: dict[str, Any] = {"title": "", "notices": notices}
    drawn: dict[str, Callable[[], Axes]] = {
        "temperature": lambda: plot_index(
            index,
            episodes=_told(episodes, findings),
            is_brief=True,
            ax=new_axes(*_TEMPERATURE_SIZE),
            **given,
        ),
        "index": lambda: plot_index(index, episodes=marked, ax=new_axes(*_INDEX_SIZE), **given),
        "statements": lambda: plot_statements(
            sample,
            index.dyad,
            result=index,
            episodes=marked,
            ax=new_axes(*_STATEMENTS_SIZE),
            **given,
        ),
        "calendar": lambda: plot_calendar(index, **given),
    }
    for name, figure in finding_figures(index, findings, labels).items():
        drawn[name] = partial(figure.draw, **given)
        captions[name] = figure.caption
    return {
        name: ReportFigure(
            _svg(draw()), captions[name].title, captions[name].caption, captions[name].alt
        )
        for name, draw in drawn.items()
    }


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

    beside = " and by plain VADER" if result.baseline_name == "vader" else ""
    return ReportFigure(
        _svg(plot_validity(result, title="", notices=notices)),
        result.title,
        "Each small mark is a coded statement: its code from left to right, its tone from bottom "
        "to top. A scorer that agreed with the codings in full would have all marks on the dashed "
        "line.",
        f"Dots of {result.n:,} statements by mean code and by tone of {result.scorer_name}{beside}"
        f"; Pearson's r {result.estimate('pearson')}. Beside them a table of the classes cold, "
        "neutral and warm.",
    )


def _svg(axes: Axes) -> bytes:
    from matplotlib import pyplot

    from detente.figures import save_figure

    with tempfile.TemporaryDirectory(prefix="detente-figure-") as folder:
        paths = save_figure(axes, Path(folder) / "figure", formats=("svg",))
        content = paths[0].read_bytes()
    # A figure that pyplot knows stays in memory until it is closed.
    pyplot.close(axes.get_figure(root=True))
    return content
