"""Every statement as a mark at its day and tone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from detente import wording
from detente._checks import needs
from detente._fonts import visible
from detente.countries import Dyad, country_name
from detente.errors import BadArgumentError
from detente.figures.curve import draw_curve, has_curve, months_of
from detente.figures.dates import TimeAxis, day_numbers
from detente.figures.episodes import EpisodePlan, plan_episodes
from detente.figures.layout import Canvas, degrees_axis, make_canvas, say
from detente.figures.panels import Frame, Sheet
from detente.figures.theme import FAINT, INK, MUTED, PAPER, text_width, theme, tone_colours
from detente.figures.typography import PAD, shorten
from detente.index import IndexResult

__all__ = ["dyad_statements", "plot_statements"]

_LEFT, _RIGHT = 50.0, 8.0
_PANEL, _GAP = 128.0, 19.0
_NEEDED = ("date", "source", "target", "tone")
_MARKS = ("o", "s")
#: Grey of the index: darker than the grid, lighter than the edge of a mark.
_MEANS = "#8b949d"


def plot_statements(
    scored: pd.DataFrame,
    dyad: Dyad | tuple[str, str] | str,
    *,
    result: IndexResult | None = None,
    episodes: pd.DataFrame | None = None,
    title: str | None = None,
    source: str = "",
    notices: Sequence[str] = (),
    ax: Axes | None = None,
) -> Axes:
    """Draw each statement at its day and tone, one panel for each side.

    Parameters
    ----------
    scored : DataFrame
        A row per statement with `date`, `source`, `target` and `tone` in [-1, 1]; the
        frame is not changed. Rows of other dyads, and rows without a day, are passed over.
    dyad : Dyad, tuple of str or str
        The two countries.
    result : IndexResult, optional
        The monthly index of the same dyad, drawn behind: a smoothed one as a line (dashed
        over months without a statement), else a short line per month at its mean. Its period
        is the period shown.
    episodes : DataFrame, optional
        Columns `first_day` and `label`.
    title : str, optional
        Default: what is shown, with the countries.
    source : str, optional
        Where the statements come from.
    notices : sequence of str, optional
        What every output has to carry.
    ax : Axes, optional
        Its place is divided among the panels. Default: a new figure, 7.2 inches wide.

    Returns
    -------
    Axes
        The panel of the first direction; the other panel is its child.

    Raises
    ------
    BadArgumentError
        For a missing column, no dated statement of the dyad, a result of another dyad, or
        an Axes that cannot be used.

    Notes
    -----
    Colour repeats the height of a mark, so nothing is lost in greyscale; the two sides
    differ by panel and by the shape of their marks. A statement without a tone is a short
    stroke at the lower edge.

    Examples
    --------
    >>> import pandas as pd
    >>> from detente.figures import new_axes
    >>> scored = pd.DataFrame({
    ...     "date": pd.to_datetime(["2015-10-05", "2015-12-03"]),
    ...     "source": ["RUS", "TUR"], "target": ["TUR", "RUS"], "tone": [0.5, -0.2]})
    >>> ax = plot_statements(scored, ("RUS", "TUR"), ax=new_axes())
    >>> len(ax.child_axes)
    1
    """
    if result is not None:
        needs(result, IndexResult, "result", "detente.monthly_index")
    dyad = Dyad.parse(dyad)
    rows = dyad_statements(scored, dyad, result)
    with theme():
        return _draw(rows, dyad, result, episodes, Frame(title, source, notices, ax))


def dyad_statements(
    scored: pd.DataFrame, dyad: Dyad, result: IndexResult | None = None
) -> pd.DataFrame:
    """Return the statements that the figure shows.

    Parameters
    ----------
    scored : DataFrame
        As for `plot_statements`.
    dyad : Dyad
        The two countries.
    result : IndexResult, optional
        Limits the statements to its period.

    Returns
    -------
    DataFrame
        A row per dated statement of the dyad: `date`, `direction`, `degrees` (NaN where
        there is no tone).

    Raises
    ------
    BadArgumentError
        As for `plot_statements`.
    """
    if result is not None and result.dyad != dyad:
        raise BadArgumentError(
            f"result is about {result.dyad.slug}, the statements about {dyad.slug}.",
            remedy="Pass the index of the same dyad.",
        )
    missing = [name for name in _NEEDED if name not in scored]
    if missing:
        raise BadArgumentError(
            f"The statements have no column {wording.listing([repr(name) for name in missing])}.",
            remedy="Score them first, with detente.tone.score_statements.",
        )
    direction = scored["source"].astype(str) + ">" + scored["target"].astype(str)
    rows = pd.DataFrame(
        {
            "date": pd.to_datetime(scored["date"]),
            "direction": direction,
            "degrees": scored["tone"].to_numpy("float64") * 100,
        }
    )
    rows = rows[rows["direction"].isin(dyad.directions) & rows["date"].notna()]
    if result is not None:
        end = result.months[-1] + pd.offsets.MonthBegin(1)
        rows = rows[(rows["date"] >= result.months[0]) & (rows["date"] < end)]
    if rows.empty:
        raise BadArgumentError(
            f"No dated statement of {dyad.directions[0]} or {dyad.directions[1]} was received.",
            remedy="Check the dyad against the columns 'source' and 'target'.",
        )
    return rows


def _draw(
    rows: pd.DataFrame,
    dyad: Dyad,
    result: IndexResult | None,
    episodes: pd.DataFrame | None,
    frame: Frame,
) -> Axes:
    months = rows["date"].dt.to_period("M").dt.to_timestamp()
    ends = (months.min(), months.max())
    if result is not None:
        ends = (result.months[0], result.months[-1])
    axis = TimeAxis(*ends, frame.width - _LEFT - _RIGHT)
    plan = plan_episodes(episodes, axis, frame.width - 2 * PAD)

    def rest(plan: EpisodePlan, sheet: Sheet) -> float:
        return sheet.taken + plan.height + axis.tick_height + plan.key_height + 2 * _GAP

    titles, note = _titles(rows, dyad, ends), _note(rows, result)
    sheet = frame.sheet(*titles, note + plan.note)
    height = rest(plan, sheet) + 2 * _PANEL if sheet.height is None else sheet.height
    if height - rest(plan, sheet) < _PANEL:
        plan = plan.without_labels()
        sheet = frame.sheet(*titles, note + plan.note)
    size = (height - rest(plan, sheet)) / 2
    lower = PAD + sheet.foot.height + plan.key_height + axis.tick_height
    upper = lower + size + _GAP
    canvas = make_canvas(
        frame.ax, sheet.width, height, left=_LEFT, right=_RIGHT, bottom=upper, inner_height=size
    )
    panels = (canvas.ax, canvas.panel(lower, size))
    for direction, panel, bottom, marker in zip(
        dyad.directions, panels, (upper, lower), _MARKS, strict=True
    ):
        side = rows[rows["direction"] == direction]
        axis.draw(panel, labels=panel is panels[1])
        degrees_axis(panel, named=size >= 60)
        if result is not None:
            _months(panel, result, direction)
        _statements(panel, side, marker, axis)
        _name(canvas, bottom + size + 5, direction, len(side), marker)
    # The heading of the upper panel stands between it and the labels of the episodes.
    plan.draw(canvas, panels, upper + size, lower - axis.tick_height, lift=_GAP - 3)
    sheet.write(canvas)
    return canvas.ax


def _titles(
    rows: pd.DataFrame, dyad: Dyad, ends: tuple[pd.Timestamp, pd.Timestamp]
) -> tuple[str, str]:
    """Return title and subtitle."""
    names = dyad.in_text
    title = wording.say("What officials of {countries} said of each other", countries=names)
    subtitle = wording.say(
        "{statements} by day and tone, degrees, {period}",
        statements=wording.count(len(rows), "statement"),
        period=wording.period_name(*ends),
    )
    return title, subtitle


def _note(rows: pd.DataFrame, result: IndexResult | None) -> str:
    parts = [wording.say("One mark per statement; its colour repeats its height.")]
    if result is not None:
        curves = [has_curve(result, name) for name in result.dyad.directions]
        if any(curves):
            parts.append(
                wording.say(
                    "Grey line: index of the side, smoothed over all months, so that no turn is "
                    "dated from it; dashed over months without a tone."
                )
            )
        if not all(curves):
            parts.append(wording.say("Short grey line: mean of the month."))
    n_without = int(rows["degrees"].isna().sum())
    if n_without:
        parts.append(
            wording.say(
                "Stroke at the lower edge: no tone ({statements}).",
                statements=wording.count(n_without, "statement"),
            )
        )
    return " ".join(parts)


def _months(ax: Axes, result: IndexResult, direction: str) -> None:
    """Draw the index behind the marks: its curve, or a short line over each month's mean."""
    if has_curve(result, direction):
        draw_curve(ax, months_of(result, direction), _MEANS, 1.3, "month", zorder=2)
        return
    rows = result.direction(direction)
    rows = rows[rows["raw"].notna()]
    starts = day_numbers(rows["month"])
    ends = day_numbers(pd.DatetimeIndex(rows["month"]) + pd.offsets.MonthBegin(1))
    ax.hlines(rows["raw"], starts, ends, color=_MEANS, linewidth=1.1, zorder=2, gid="month")


def _statements(ax: Axes, side: pd.DataFrame, marker: str, axis: TimeAxis) -> None:
    if side.empty:
        say(ax, wording.say("No statement"))
        return
    # Noon, so that the statements of a month's last day do not touch the next month.
    x = day_numbers(side["date"].dt.normalize()) + 0.5
    degrees = side["degrees"].to_numpy()
    known = np.isfinite(degrees)
    crowd = len(side) / axis.width
    ax.scatter(
        x[known],
        degrees[known],
        s=float(np.clip(14 - 4 * crowd, 5, 16)),
        c=degrees[known],
        cmap=tone_colours(),
        vmin=-100,
        vmax=100,
        marker=marker,
        edgecolors=MUTED,
        linewidths=0.35,
        alpha=0.9,
        zorder=3,
        clip_on=False,
        gid="statements",
    )
    ax.vlines(x[~known], -100, -92, color=MUTED, linewidth=0.5, zorder=3, gid="no tone")


def _name(canvas: Canvas, y: float, direction: str, n: int, marker: str) -> None:
    speaking, addressed = direction.split(">")
    name = wording.direction_name(country_name(speaking), country_name(addressed))
    canvas.line(
        [canvas.left + 3],
        [y + 2.4],
        color=FAINT,
        marker=marker,
        markersize=4,
        markeredgecolor=MUTED,
        markeredgewidth=0.5,
    )
    counted = wording.count(n, "statement")
    text = visible(wording.say("{direction}, {statements}", direction=name, statements=counted))
    if text_width(text, 7, "bold") > canvas.inner_width - 10:
        # The subtitle says what is counted.
        few = wording.number(n)
        text = visible(wording.say("{direction}, {statements}", direction=name, statements=few))
    text = shorten(text, canvas.inner_width - 10, 7, "bold")
    canvas.write(
        canvas.left + 10,
        y,
        text,
        fontsize=7,
        fontweight="bold",
        color=INK,
        # Poles of episodes run behind the heading of the upper panel.
        bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 1.5},
        gid="side",
    )
