"""How many statements stand behind each month: the strip below a chart."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from detente import wording
from detente._fonts import visible
from detente.countries import country_name
from detente.figures.dates import TimeAxis, middle_of_month
from detente.figures.layout import Canvas
from detente.figures.theme import FIRST, INK, MUTED, SECOND, SMALLEST, text_width
from detente.figures.typography import wrap
from detente.index import IndexResult

__all__ = ["draw_counts", "name_counts"]


def draw_counts(ax: Axes, result: IndexResult, axis: TimeAxis) -> None:
    """Draw statements per month, one side up and the other down; empty months are crosses.

    Parameters
    ----------
    ax : Axes
        A panel.
    result : IndexResult
        The index.
    axis : TimeAxis
        Of the panel.
    """
    first, second = (result.direction(name) for name in result.dyad.directions)
    x = middle_of_month(first["month"])
    width = float(np.clip(0.75 * axis.month_width, 0.4, 14))
    n_up = first["n_statements"].to_numpy()
    n_down = second["n_statements"].to_numpy()
    top = max(1, int(n_up.max(initial=0)), int(n_down.max(initial=0)))
    for n, sign, colour in ((n_up, 1, FIRST), (n_down, -1, SECOND)):
        some = n > 0
        ax.vlines(x[some], 0, sign * n[some], color=colour, linewidth=width, gid="count")
    is_silent = first["n_unscored"].to_numpy() + second["n_unscored"].to_numpy() == 0
    _empty_months(ax, x[is_silent & (n_up == 0) & (n_down == 0)])
    ax.axhline(0, color=MUTED, linewidth=0.5)
    ax.set_ylim(-1.08 * top, 1.08 * top)
    ax.set_yticks([-top, 0, top], [wording.number(n) for n in (top, 0, top)])
    ax.spines["bottom"].set_visible(False)


def _empty_months(ax: Axes, x: NDArray[np.float64]) -> None:
    ax.plot(
        x,
        np.zeros(len(x)),
        linestyle="none",
        marker="x",
        markersize=2.6,
        markeredgewidth=0.6,
        color=INK,
        zorder=4,
        gid="empty",
    )


def name_counts(canvas: Canvas, y: float, result: IndexResult) -> None:
    """Write what the strip shows.

    Parameters
    ----------
    canvas : Canvas
        The box.
    y : float
        Points from its bottom.
    result : IndexResult
        The index.
    """
    names = [visible(country_name(code)) for code in (result.dyad.a, result.dyad.b)]
    text = wording.say(
        "Statements per month: by {a} up, by {b} down, × none", a=names[0], b=names[1]
    )
    if text_width(text, 7) > canvas.inner_width:
        text = wording.say("Statements a month: {a} up, {b} down, × none", a=names[0], b=names[1])
    if text_width(text, 7) <= canvas.inner_width:
        canvas.write(canvas.left, y, text, fontsize=7, color=INK, gid="counts")
        return
    # Long names in a column: the gap between two panels holds two lines of small letters.
    lines = wrap(text, canvas.inner_width, SMALLEST, max_lines=2)
    for line, place in zip(lines, (y + 5.6, y - 1.8) if len(lines) > 1 else (y,), strict=True):
        canvas.write(canvas.left, place, line, color=INK, gid="counts")
