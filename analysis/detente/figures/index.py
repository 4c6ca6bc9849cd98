"""The monthly relations index as a chart."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from detente import wording
from detente._checks import needs
from detente._fonts import visible
from detente.figures.coverage import draw_counts, name_counts
from detente.figures.curve import (
    BAND,
    curve_note,
    draw_band,
    draw_curve,
    draw_dots,
    has_curve,
    months_of,
)
from detente.figures.dates import TimeAxis
from detente.figures.episodes import EpisodePlan, plan_episodes
from detente.figures.layout import Canvas, degrees_axis, make_canvas, say
from detente.figures.panels import Frame, Sheet
from detente.figures.regimes import draw_cold, is_told, regimes_note
from detente.figures.theme import FIRST, INK, PAPER, SECOND, theme
from detente.figures.typography import PAD, shorten
from detente.index import BILATERAL, MAX_HALF_WIDTH, MIN_OCCASIONS, IndexResult
from detente.inference import RegimesResult

__all__ = ["plot_index"]

_LEFT, _RIGHT = 50.0, 8.0
#: Heights of the panels: both sides, each side, counts; and of a panel's heading.
_MAIN, _SIDE, _COUNTS = 144.0, 52.0, 32.0
_GAP = 17.0
#: A calendar year with fewer months that have a value gets no mean.
_YEAR_MONTHS = 6
_NEVER_BOTH = wording.mark("In no month did both sides speak; each side is shown below.")


def plot_index(
    result: IndexResult,
    *,
    episodes: pd.DataFrame | None = None,
    title: str | None = None,
    source: str = "",
    notices: Sequence[str] = (),
    regimes: RegimesResult | None = None,
    is_brief: bool = False,
    ax: Axes | None = None,
) -> Axes:
    """Draw the monthly index: both sides together, each side, and the statements behind it.

    Parameters
    ----------
    result : IndexResult
        The index, degrees.
    episodes : DataFrame, optional
        Columns `first_day` and `label`, as `detente.events.episodes_table` gives them.
    title : str, optional
        Default: what is shown, with the countries and the period.
    source : str, optional
        Where the statements come from; printed in the footer.
    notices : sequence of str, optional
        What every output has to carry; "EXAMPLE DATA" is also written across the figure.
    regimes : RegimesResult, optional
        Of both sides together; months outside the warmest are tinted in the upper panel, in a
        brief chart only where the regimes are told from one level with drift.
    is_brief : bool, default False
        Without the panels of the two sides and without the foot that tells how to read it,
        for a page that says so beside it.
    ax : Axes, optional
        Its place is divided among the panels. Default: a new figure, 7.2 inches wide and
        as high as its labels need.

    Returns
    -------
    Axes
        The upper panel with both sides together; the other panels are its children.

    Raises
    ------
    BadArgumentError
        Where `ax` is too small or no plain Axes, or `episodes` lacks a column.

    Notes
    -----
    A state-space index is a line over all months, with its interval as a band; the raw mean of
    each month is a dot, larger with more statements. Where a month has no raw mean it has no
    dot, and the line is dashed. The sides have lines only where they can be told apart.

    An index by means has a mark for each month, the interval as a bar, and the mean of each
    calendar year; a month without a value has no mark, and no line bridges it.

    A mark is hollow where the month has fewer than 3 occasions or the index an interval of more
    than 30 degrees to either side. Marks stand in the middle of their months.

    Examples
    --------
    >>> import pandas as pd
    >>> from detente.figures import new_axes
    >>> from detente.index import monthly_index
    >>> scored = pd.DataFrame({
    ...     "date": pd.to_datetime(["2015-10-05", "2015-10-09", "2015-12-02", "2015-12-03"]),
    ...     "source": ["RUS", "TUR", "RUS", "TUR"], "target": ["TUR", "RUS", "TUR", "RUS"],
    ...     "speaker": ["A", "B", "A", "C"], "tone": [0.5, 0.1, -0.6, -0.2]})
    >>> ax = plot_index(monthly_index(scored, ("RUS", "TUR")), ax=new_axes())
    >>> len(ax.child_axes)
    3
    """
    needs(result, IndexResult, "result", "detente.monthly_index")
    with theme():
        return _draw(
            result, episodes, Frame(title, source, notices, ax), regimes=regimes, is_brief=is_brief
        )


def _draw(
    result: IndexResult,
    episodes: pd.DataFrame | None,
    frame: Frame,
    *,
    regimes: RegimesResult | None,
    is_brief: bool,
) -> Axes:
    axis = TimeAxis(result.months[0], result.months[-1], frame.width - _LEFT - _RIGHT)
    plan = plan_episodes(episodes, axis, frame.width - 2 * PAD)
    lower = (_COUNTS,) if is_brief else (_COUNTS, _SIDE, _SIDE)
    panels = _MAIN + sum(lower)
    behind = regimes if regimes and (is_told(regimes) or not is_brief) else None
    told = "" if is_brief else _note(result)
    if behind and not is_brief:
        told = f"{told} {regimes_note(behind)}".rstrip()

    def rest(plan: EpisodePlan, sheet: Sheet) -> float:
        below = axis.tick_height + plan.key_height
        return sheet.taken + plan.height + below + len(lower) * _GAP

    titles = _titles(result)
    sheet = frame.sheet(*titles, told + plan.note)
    height = rest(plan, sheet) + panels if sheet.height is None else sheet.height
    if height - rest(plan, sheet) < 0.5 * panels:
        plan = plan.without_labels()
        sheet = frame.sheet(*titles, told + plan.note)
    share = (height - rest(plan, sheet)) / panels
    bottoms = [PAD + sheet.foot.height + plan.key_height + axis.tick_height]
    for size in lower:
        bottoms.append(bottoms[-1] + size * share + _GAP)
    canvas = make_canvas(
        frame.ax,
        sheet.width,
        height,
        left=_LEFT,
        right=_RIGHT,
        bottom=bottoms[-1],
        inner_height=_MAIN * share,
    )
    main = canvas.ax
    axis.draw(main, labels=False)
    degrees_axis(main, named=True)
    if behind:
        draw_cold(main, behind)
    _bilateral(main, result, axis)
    shown = [main]
    places = () if is_brief else (bottoms[2], bottoms[1])
    for name, colour, marker, bottom in zip(
        result.dyad.directions, (FIRST, SECOND), "os", places, strict=False
    ):
        panel = canvas.panel(bottom, _SIDE * share)
        axis.draw(panel, labels=False)
        degrees_axis(panel, named=False)
        _direction(panel, result, name, axis, colour, marker)
        is_line = result.method == "means" or has_curve(result, name)
        heading = canvas, bottom + _SIDE * share + 5, result.direction_name(name)
        _name_side(*heading, colour, marker, is_line=is_line)
        shown.append(panel)
    counts = canvas.panel(bottoms[0], _COUNTS * share)
    axis.draw(counts, labels=True)
    draw_counts(counts, result, axis)
    name_counts(canvas, bottoms[0] + _COUNTS * share + 5, result)
    plan.draw(canvas, shown, bottoms[-1] + canvas.inner_height, bottoms[0] - axis.tick_height)
    sheet.write(canvas)
    return main


def _titles(result: IndexResult) -> tuple[str, str]:
    """Return title and subtitle."""
    names = result.dyad.in_text
    months = result.months
    period = wording.period_name(months[0], months[-1])
    title = wording.say("How officials of {countries} spoke of each other", countries=names)
    share = wording.share(result.confidence)
    if result.method == "means":
        return title, wording.say(
            "Monthly means of both sides together, degrees, with their {share} confidence "
            "interval, {period}",
            share=share,
            period=period,
        )
    if not has_curve(result, BILATERAL):
        return title, wording.say(
            "Means of single months, both sides together, degrees, {period}", period=period
        )
    return title, wording.say(
        "Smoothed relations index of both sides together, degrees, with its {share} confidence "
        "interval, {period}",
        share=share,
        period=period,
    )


def _note(result: IndexResult) -> str:
    if result.method == "state_space":
        return curve_note(result)
    parts = [wording.say("Grey bar: interval of the month.")]
    if _has_years(result.months.to_series()):
        least = wording.number(_YEAR_MONTHS)
        parts.append(
            wording.say(
                "Thick line: mean of a calendar year with at least {least} months.", least=least
            )
        )
    parts.append(
        wording.say(
            "Hollow mark: fewer than {least} occasions in the month, or an interval of more than "
            "{degrees} degrees to either side. No mark: no value in that month.",
            least=wording.number(MIN_OCCASIONS),
            degrees=wording.number(MAX_HALF_WIDTH),
        )
    )
    return " ".join(parts)


def _bilateral(ax: Axes, result: IndexResult, axis: TimeAxis) -> None:
    rows = months_of(result, BILATERAL)
    if result.method == "state_space":
        _smoothed(ax, result, BILATERAL, axis, INK, "o")
        return
    known = rows[rows["index"].notna()]
    if known.empty:
        say(ax, wording.say(_NEVER_BOTH))
        return
    ax.vlines(
        known["x"],
        known["lower"],
        known["upper"],
        color=BAND,
        linewidth=float(np.clip(0.66 * axis.month_width, 0.5, 6)),
        zorder=1,
        gid="interval",
    )
    _years(ax, rows, INK)
    ax.plot(rows["x"], rows["index"], color=INK, linewidth=0.5, alpha=0.45, gid=BILATERAL)
    _points(ax, known, INK, "o", float(np.clip(1.05 * axis.month_width, 1.8, 4.5)), BILATERAL)


def _smoothed(
    ax: Axes, result: IndexResult, name: str, axis: TimeAxis, colour: str, marker: str
) -> None:
    """Draw a smoothed curve over its raw means; the means alone where there is no curve."""
    rows = months_of(result, name)
    is_main, is_curve = name == BILATERAL, has_curve(result, name)
    if not is_curve and rows["raw"].isna().all():
        say(ax, wording.say(_NEVER_BOTH))
        return
    if is_curve:
        if is_main:
            draw_band(ax, rows)
        draw_curve(ax, rows, colour, 1.4 if is_main else 1.1, name)
    size = (0.7 if is_main else 0.55) * axis.month_width
    smallest = float(np.clip(size, 0.9, 2.2)) * (1.0 if is_curve else 1.4)
    draw_dots(ax, rows, colour, marker, smallest, name, is_faint=is_curve)


def _direction(
    ax: Axes, result: IndexResult, name: str, axis: TimeAxis, colour: str, marker: str
) -> None:
    rows = months_of(result, name)
    if rows["raw"].isna().all():
        say(ax, wording.say("No month with a value"))
        return
    if result.method == "state_space":
        _smoothed(ax, result, name, axis, colour, marker)
        return
    _years(ax, rows, colour)
    ax.plot(rows["x"], rows["index"], color=colour, linewidth=0.5, alpha=0.6, gid=name)
    known = rows[rows["index"].notna()]
    _points(ax, known, colour, marker, float(np.clip(0.85 * axis.month_width, 1.5, 3.6)), name)


def _points(ax: Axes, rows: pd.DataFrame, colour: str, marker: str, size: float, name: str) -> None:
    """Draw months; hollow where they rest on too little."""
    for is_hollow, some in rows.groupby("thin"):
        ax.plot(
            some["x"],
            some["index"],
            linestyle="none",
            marker=marker,
            markersize=size,
            markerfacecolor=PAPER if is_hollow else colour,
            markeredgecolor=colour,
            markeredgewidth=0.6,
            zorder=3,
            clip_on=False,
            gid=f"{name} {'hollow' if is_hollow else 'solid'}",
        )


def _years(ax: Axes, rows: pd.DataFrame, colour: str) -> None:
    """Draw the mean of each calendar year, so that a level shows through the noise."""
    if not _has_years(rows["month"]):
        return
    for _, year in rows.groupby(rows["month"].dt.year):
        if year["index"].notna().sum() >= _YEAR_MONTHS:
            ax.plot(
                [year["x"].iloc[0] - 15, year["x"].iloc[-1] + 15],
                [year["index"].mean()] * 2,
                color=colour,
                linewidth=2.4,
                alpha=0.75,
                zorder=2.2,
                gid="year",
            )


def _has_years(months: pd.Series[pd.Timestamp]) -> bool:
    return bool(months.dt.year.nunique() >= 3)


def _name_side(
    canvas: Canvas, y: float, name: str, colour: str, marker: str, *, is_line: bool
) -> None:
    """Write whose panel it is, with its mark."""
    x, text = canvas.left, visible(name)
    if is_line:
        canvas.line([x, x + 12], [y + 2.4] * 2, color=colour, linewidth=0.9)
    canvas.line([x + 6], [y + 2.4], color=colour, marker=marker, markersize=3.2)
    text = shorten(text, canvas.inner_width - 15, 7, "bold")
    canvas.write(x + 15, y, text, fontsize=7, fontweight="bold", color=INK, gid="side")
