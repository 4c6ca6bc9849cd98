"""All charts of what was asked of an index, by the names of their files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import pandas as pd
from matplotlib.axes import Axes

from detente.figures.breaks import breaks_caption, plot_breaks
from detente.figures.captions import FigureCaption
from detente.figures.forecast import forecast_caption, plot_forecast
from detente.figures.forest import forest_caption, plot_forest
from detente.figures.leadlag import lead_lag_caption, plot_lead_lag
from detente.figures.moves import moves_caption, plot_moves
from detente.figures.regimes import plot_regimes, regimes_caption
from detente.figures.robustness import plot_robustness, robustness_caption
from detente.figures.sides import plot_sides, sides_caption
from detente.figures.voices import plot_voices, voices_caption
from detente.figures.windows import episodes_caption, plot_episodes
from detente.index import IndexResult
from detente.inference import Findings

__all__ = ["FindingFigure", "finding_figures"]


@dataclass(frozen=True)
class FindingFigure:
    """A chart that is not drawn yet.

    Parameters
    ----------
    caption : FigureCaption
        Title, caption and alternative text.
    draw : callable
        Takes `title`, `source`, `notices` and `ax` as all charts do; returns the Axes.
    tell : callable, optional
        Takes those Axes and returns the caption of a chart that may have shown less than on a
        page; default: `caption` holds at any size.
    """

    caption: FigureCaption
    draw: Callable[..., Axes]
    tell: Callable[[Axes], FigureCaption] | None = None

    def caption_of(self, ax: Axes) -> FigureCaption:
        """Return the caption of the chart as it was drawn.

        Parameters
        ----------
        ax : Axes
            As `draw` returned it.

        Returns
        -------
        FigureCaption
            Title, caption and alternative text.
        """
        return self.caption if self.tell is None else self.tell(ax)


def finding_figures(
    index: IndexResult,
    findings: Findings | None = None,
    labels: Mapping[str, str] | None = None,
    scored: pd.DataFrame | None = None,
    events: pd.DataFrame | None = None,
) -> dict[str, FindingFigure]:
    """Return the charts that an index and its findings allow.

    Parameters
    ----------
    index : IndexResult
        The index.
    findings : Findings, optional
        What was found; without it only the two sides are there.
    labels : mapping of str to str, optional
        Episode -> its name.
    scored, events : DataFrame, optional
        Statements and events that the changes at episodes were estimated from; without them
        there is no "episodes".

    Returns
    -------
    dict of str to FindingFigure
        "sides", and of "forest" (all episodes), "episodes" (what was said around each),
        "breaks", "regimes", "lead_lag", "forecast", "voices", "robustness" and "moves" (the
        largest one) those that were estimated.

    Examples
    --------
    >>> from detente.index import monthly_index
    >>> scored = pd.DataFrame({
    ...     "date": pd.to_datetime(["2015-10-05", "2015-10-09", "2015-12-02", "2015-12-03"]),
    ...     "source": ["RUS", "TUR", "RUS", "TUR"], "target": ["TUR", "RUS", "TUR", "RUS"],
    ...     "speaker": ["A", "B", "A", "C"], "tone": [0.5, 0.1, -0.6, -0.2]})
    >>> [*finding_figures(monthly_index(scored))]
    ['sides']
    """
    figures = {"sides": FindingFigure(sides_caption(index), partial(plot_sides, index))}
    if findings is None:
        return figures
    if findings.episodes is not None:
        changes = findings.episodes
        figures["forest"] = FindingFigure(
            forest_caption(changes),
            partial(plot_forest, changes),
            lambda ax: forest_caption(changes, ax=ax),
        )
        if scored is not None and events is not None:
            figures["episodes"] = FindingFigure(
                episodes_caption(changes),
                partial(plot_episodes, changes, index, scored, events),
                partial(episodes_caption, changes),
            )
    if findings.breaks is not None:
        breaks = findings.breaks
        figures["breaks"] = FindingFigure(
            breaks_caption(breaks, index), partial(plot_breaks, breaks, index)
        )
    if findings.regimes is not None:
        regimes = findings.regimes
        figures["regimes"] = FindingFigure(
            regimes_caption(regimes, index), partial(plot_regimes, regimes, index)
        )
    if findings.lead_lag is not None:
        lead_lag = findings.lead_lag
        figures["lead_lag"] = FindingFigure(
            lead_lag_caption(lead_lag), partial(plot_lead_lag, lead_lag)
        )
    if findings.forecast is not None:
        forecast = findings.forecast
        figures["forecast"] = FindingFigure(
            forecast_caption(forecast, index), partial(plot_forecast, forecast, index)
        )
    if findings.voices is not None:
        voices = findings.voices
        figures["voices"] = FindingFigure(voices_caption(voices), partial(plot_voices, voices))
    if findings.robustness is not None:
        robustness = findings.robustness
        figures["robustness"] = FindingFigure(
            robustness_caption(robustness, labels=labels),
            partial(plot_robustness, robustness, labels=labels),
        )
    if findings.moves is not None and findings.moves.moves:
        move = findings.moves.moves[0]
        figures["moves"] = FindingFigure(moves_caption(move), partial(plot_moves, move))
    return figures
