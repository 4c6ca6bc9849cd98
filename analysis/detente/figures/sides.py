"""The two sides apart: each direction, and where their difference is clear of zero."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from detente import wording
from detente._checks import needs
from detente._fonts import visible
from detente.countries import country_name
from detente.figures.captions import FigureCaption
from detente.figures.curve import (
    BAND,
    draw_band,
    draw_curve,
    draw_dots,
    has_curve,
    months_of,
)
from detente.figures.dates import TimeAxis
from detente.figures.differences import (
    clear_months,
    difference_of_sides,
    has_both_curves,
    sides_note,
    sides_subtitle,
    sides_title,
)
from detente.figures.layout import degrees_axis
from detente.figures.panels import Frame, Stack, name_panel, say_why
from detente.figures.theme import FAINT, FIRST, INK, MUTED, PAPER, SECOND, text_width, theme
from detente.index import IndexResult

__all__ = ["plot_sides", "sides_caption"]

_LEFT, _RIGHT = 50.0, 8.0
_SIDE, _DIFFERENCE, _ABOVE = 86.0, 104.0, 19.0


def plot_sides(
    result: IndexResult,
    *,
    title: str | None = None,
    source: str = "",
    notices: Sequence[str] = (),
    ax: Axes | None = None,
) -> Axes:
    """Draw each direction by itself, and below them their difference.

    Parameters
    ----------
    result : IndexResult
        The index, degrees.
    title : str, optional
        Default: in how many months the sides can be told apart.
    source : str, optional
        Where the statements come from.
    notices : sequence of str, optional
        What every output has to carry.
    ax : Axes, optional
        Its place is divided among the panels. Default: a new figure, 7.2 inches wide.

    Returns
    -------
    Axes
        The panel of the first direction; those of the second and of the difference are its
        children.

    Raises
    ------
    BadArgumentError
        Where `result` is no IndexResult, or `ax` is too small or no plain Axes.

    Notes
    -----
    Smoothed curves, and their difference, are drawn only where they can be told apart; else
    the raw months stand alone. A difference is bold where its interval leaves zero out.

    Examples
    --------
    >>> from detente.figures import new_axes
    >>> from detente.index import monthly_index
    >>> scored = pd.DataFrame({
    ...     "date": pd.to_datetime(["2015-10-05", "2015-10-09", "2015-12-02", "2015-12-03"]),
    ...     "source": ["RUS", "TUR", "RUS", "TUR"], "target": ["TUR", "RUS", "TUR", "RUS"],
    ...     "speaker": ["A", "B", "A", "C"], "tone": [0.5, 0.1, -0.6, -0.2]})
    >>> ax = plot_sides(monthly_index(scored, ("RUS", "TUR")), ax=new_axes())
    >>> len(ax.child_axes)
    2
    """
    needs(result, IndexResult, "result", "detente.monthly_index")
    with theme():
        return _draw(result, Frame(title, source, notices, ax))


def _draw(
    result: IndexResult,
    frame: Frame,
) -> Axes:
    table = difference_of_sides(result)
    titles = sides_title(result, table), sides_subtitle(result, table)
    sheet = frame.sheet(*titles, sides_note(result))
    axis = TimeAxis(result.months[0], result.months[-1], sheet.width - _LEFT - _RIGHT)
    stack = sheet.place(
        (_SIDE, _SIDE, _DIFFERENCE),
        (_ABOVE - 4, _ABOVE, _ABOVE),
        left=_LEFT,
        right=_RIGHT,
        below=axis.tick_height,
    )
    for i, (name, colour, marker) in enumerate(
        zip(result.dyad.directions, (FIRST, SECOND), "os", strict=True)
    ):
        axis.draw(stack.panels[i], labels=False)
        degrees_axis(stack.panels[i], named=stack.heights[i] >= 70)
        _side(stack, i, result, name, axis, colour, marker)
    axis.draw(stack.panels[2], labels=True)
    _difference(stack, result, table, axis)
    return stack.canvas.ax


def _side(
    stack: Stack, i: int, result: IndexResult, name: str, axis: TimeAxis, colour: str, marker: str
) -> None:
    ax, rows = stack.panels[i], months_of(result, name)
    name_panel(
        stack.canvas, stack.top(i), result.direction_name(name), colour=colour, marker=marker
    )
    if rows["raw"].isna().all():
        say_why(stack.canvas, ax, wording.say("No month with a value"))
        return
    is_curve = has_curve(result, name)
    if is_curve:
        draw_band(ax, rows)
        draw_curve(ax, rows, colour, 1.3, name)
    elif result.method == "means":
        ax.vlines(
            rows["x"],
            rows["lower"],
            rows["upper"],
            color=BAND,
            linewidth=float(np.clip(0.4 * axis.month_width, 0.4, 1.2)),
            gid="interval",
        )
    smallest = float(np.clip(0.6 * axis.month_width, 0.9, 2.0)) * (1.0 if is_curve else 1.3)
    draw_dots(ax, rows, colour, marker, smallest, name, is_faint=is_curve)


def _difference(stack: Stack, result: IndexResult, table: pd.DataFrame, axis: TimeAxis) -> None:
    ax = stack.panels[2]
    a, b = (result.direction_name(name) for name in result.dyad.directions)
    name = wording.say("Difference: {a} less {b}", a=a, b=b)
    if text_width(visible(name), 7, "bold") > stack.canvas.inner_width:
        first, second = (country_name(code) for code in (result.dyad.a, result.dyad.b))
        name = wording.say("Difference: {a} less {b}", a=first, b=second)
    name_panel(stack.canvas, stack.top(2), name)
    shown = table[table["difference"].notna()]
    largest = shown[["difference", "lower", "upper"]].abs().max().max() if len(shown) else 100.0
    top = float(np.clip(np.ceil((1.02 * largest) / 50) * 50, 50, 200))
    ax.set_ylim(-top, top)
    ticks = [-top, 0.0, top] if top < 100 else [-top, -top / 2, 0.0, top / 2, top]
    ax.set_yticks(ticks, [wording.degrees(tick) for tick in ticks])
    ax.axhline(0, color=MUTED, linewidth=0.7, zorder=1.2, gid="zero")
    if shown.empty:
        say_why(stack.canvas, ax, wording.say("In no month did both sides speak"))
        return
    if has_both_curves(result):
        _smoothed_difference(ax, table, axis)
        return
    for is_clear, some in shown.groupby("is_clear"):
        colour, order = (INK, 3) if is_clear else (MUTED, 2)
        ax.vlines(
            some["x"],
            some["lower"].clip(-top, top),
            some["upper"].clip(-top, top),
            color=INK if is_clear else FAINT,
            linewidth=0.9 if is_clear else 0.6,
            zorder=order,
            gid="clear interval" if is_clear else "interval",
        )
        for is_hollow, part in some.groupby("thin"):
            ax.scatter(
                part["x"],
                part["difference"],
                s=float(np.clip(1.1 * axis.month_width, 2.2, 4.0)) ** 2,
                marker="D",
                facecolors=PAPER if is_hollow else colour,
                edgecolors=colour,
                linewidths=0.7,
                zorder=order + 0.5,
                clip_on=False,
                gid=f"{'clear' if is_clear else 'difference'} {'hollow' if is_hollow else 'solid'}",
            )


def _smoothed_difference(ax: Axes, table: pd.DataFrame, axis: TimeAxis) -> None:
    """Draw the difference of the curves over that of the raw means; thick where it is clear."""
    rows = table.rename(columns={"difference": "index", "raw_difference": "raw"})
    draw_band(ax, rows)
    smallest = float(np.clip(0.6 * axis.month_width, 0.9, 2.0))
    draw_dots(ax, rows, INK, "D", smallest, "difference")
    draw_curve(ax, rows, INK, 0.9, "difference")
    clear = rows.assign(index=rows["index"].where(rows["is_clear"]))
    draw_curve(ax, clear, INK, 2.8, "clear", zorder=4)
    # A month that is clear by itself has no neighbour to draw a line to.
    has_neighbour = rows["is_clear"].shift(fill_value=False)
    has_neighbour |= rows["is_clear"].shift(-1, fill_value=False)
    alone = clear[rows["is_clear"] & ~has_neighbour]
    ax.plot(
        alone["x"],
        alone["index"],
        color=INK,
        linestyle="none",
        marker="_",
        markersize=float(np.clip(axis.month_width, 1.5, 6.0)),
        markeredgewidth=2.8,
        zorder=4,
        gid="clear month",
    )


def sides_caption(result: IndexResult) -> FigureCaption:
    """Return the caption of `plot_sides`.

    Parameters
    ----------
    result : IndexResult
        The index.

    Returns
    -------
    FigureCaption
        Title, caption and alternative text, from the numbers of the chart.
    """
    table = difference_of_sides(result)
    names = result.dyad.in_text
    a, b = (result.direction_name(name) for name in result.dyad.directions)
    shown = wording.say("Each direction by itself and, below, {a} less {b}, in degrees.", a=a, b=b)
    parts = [shown, sides_note(result)]
    if has_both_curves(result):
        parts.append(wording.say("Neighbouring months of a smoothed curve share their statements."))
    parts.append(result.sides_sentence)
    alt = wording.say(
        "Three charts over time: {a}, {b}, and their difference. {found}. {clear}",
        a=a,
        b=b,
        found=sides_title(result, table),
        clear=clear_months(result, table),
    ).strip()
    title = wording.say("The two sides of {countries} apart", countries=names)
    return FigureCaption(title, " ".join(parts).strip(), alt)
