"""Raw months with the levels that they scatter around."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from detente import wording
from detente.figures.curve import draw_dots, months_of
from detente.figures.dates import TimeAxis, day_numbers
from detente.figures.layout import degrees_axis
from detente.figures.marks import spread_out
from detente.figures.panels import Stack, say_why
from detente.figures.theme import FIRST, INK, MUTED, SECOND, SMALLEST, text_width
from detente.index import BILATERAL, MAX_HALF_WIDTH, MIN_OCCASIONS, IndexResult

__all__ = [
    "axis_of",
    "dots_note",
    "draw_level",
    "draw_months",
    "draw_raw",
    "dress_of",
    "name_levels",
    "names_width",
    "span_of",
]


#: Points beside a panel for levels and their intervals, at least.
_NAMES = 48.0


def dots_note() -> str:
    """Say how the dots of single months are read.

    Returns
    -------
    str
        A sentence.
    """
    return wording.say(
        "Dots: means of single months, larger with more statements; hollow: fewer than {least} "
        "occasions, or an index with an interval of more than {degrees} degrees to either side.",
        least=wording.number(MIN_OCCASIONS),
        degrees=wording.number(MAX_HALF_WIDTH),
    )


def dress_of(index: IndexResult, direction: str) -> tuple[str, str]:
    """Return colour and mark of a direction.

    Parameters
    ----------
    index : IndexResult
        The index.
    direction : str
        "A>B", "B>A" or "bilateral".

    Returns
    -------
    tuple of str
        As in all charts.
    """
    first, second = index.dyad.directions
    return {BILATERAL: (INK, "o"), first: (FIRST, "o"), second: (SECOND, "s")}[direction]


def axis_of(index: IndexResult, width: float) -> TimeAxis:
    """Return the time axis of an index.

    Parameters
    ----------
    index : IndexResult
        The index.
    width : float
        Points.

    Returns
    -------
    TimeAxis
        All its months.
    """
    return TimeAxis(index.months[0], index.months[-1], width)


def span_of(since: pd.Timestamp, until: pd.Timestamp) -> tuple[float, float]:
    """Return the ends of a stretch of whole months on a time axis.

    Parameters
    ----------
    since, until : Timestamp
        First days of the first and of the last month.

    Returns
    -------
    tuple of float
        Day numbers.
    """
    ends = day_numbers(pd.DatetimeIndex([since, until + pd.offsets.MonthBegin(1)]))
    return float(ends[0]), float(ends[1])


def draw_months(
    stack: Stack, i: int, index: IndexResult, direction: str, axis: TimeAxis, *, labels: bool
) -> pd.DataFrame:
    """Draw the raw months of a direction on the fixed scale.

    Parameters
    ----------
    stack : Stack
        The panels.
    i : int
        Which of them.
    index : IndexResult
        The index.
    direction : str
        "A>B", "B>A" or "bilateral".
    axis : TimeAxis
        Of the panel.
    labels : bool
        Whether years are written below the panel.

    Returns
    -------
    DataFrame
        The months, as `months_of` gives them.
    """
    ax, rows = stack.panels[i], months_of(index, direction)
    axis.draw(ax, labels=labels)
    degrees_axis(ax, named=stack.heights[i] >= 70)
    if rows["raw"].isna().all():
        say_why(stack.canvas, ax, wording.say("No month with a value"))
        return rows
    draw_raw(ax, rows, dress_of(index, direction), axis)
    return rows


def draw_raw(ax: Axes, rows: pd.DataFrame, dress: tuple[str, str], axis: TimeAxis) -> None:
    """Draw the raw means of months.

    Parameters
    ----------
    ax : Axes
        A panel.
    rows : DataFrame
        Months as `months_of` gives them.
    dress : tuple of str
        Colour and mark, as `dress_of` gives them.
    axis : TimeAxis
        Of the panel; more room for a month makes larger dots.
    """
    smallest = float(np.clip(0.7 * axis.month_width, 0.9, 2.2))
    draw_dots(ax, rows, *dress, smallest, "month")


def draw_level(
    ax: Axes, since: pd.Timestamp, until: pd.Timestamp, row: dict[Any, Any], colour: str
) -> None:
    """Draw a level with its interval over a stretch of months.

    Parameters
    ----------
    ax : Axes
        A panel.
    since, until : Timestamp
        First and last month.
    row : dict
        `level`, `lower` and `upper`, degrees.
    colour : str
        Of the line.
    """
    ends = span_of(since, until)
    ax.fill_between(
        ends,
        row["lower"],
        row["upper"],
        color=colour,
        alpha=0.16,
        linewidth=0,
        zorder=1.1,
        gid="interval",
    )
    ax.plot(ends, [row["level"]] * 2, color=colour, linewidth=1.6, zorder=4, gid="level")


def names_width(levels: pd.DataFrame) -> float:
    """Return the points that `name_levels` takes.

    Parameters
    ----------
    levels : DataFrame
        `lower` and `upper`, degrees.

    Returns
    -------
    float
        48 at least.
    """
    if levels.empty:
        return _NAMES
    told = [
        wording.interval(low, high)
        for low, high in zip(levels["lower"], levels["upper"], strict=True)
    ]
    return max([_NAMES, *(text_width(text, SMALLEST) + 6 for text in told)])


def name_levels(stack: Stack, i: int, levels: pd.DataFrame) -> None:
    """Write each level with its interval to the right of a panel.

    Parameters
    ----------
    stack : Stack
        The panels.
    i : int
        Which of them; its scale is that of degrees.
    levels : DataFrame
        `level`, `lower` and `upper`, degrees.
    """
    rows = levels.sort_values("level", kind="stable").to_dict("records")
    size, low = stack.heights[i], stack.bottoms[i]
    places = spread_out([(row["level"] + 100) / 200 * size for row in rows], 19.0, size)
    if places is None:
        return
    canvas = stack.canvas
    x = canvas.left + canvas.inner_width + 4
    for row, place in zip(rows, places, strict=True):
        told = wording.degrees(row["level"])
        canvas.write(
            x, low + place + 1, told, fontsize=8, fontweight="bold", color=INK, gid="level name"
        )
        told = wording.interval(row["lower"], row["upper"])
        canvas.write(x, low + place - 7.5, told, color=MUTED, gid="level interval")
