"""Estimates with their intervals in rows."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from detente.figures.theme import PAPER

__all__ = ["draw_estimate"]


def draw_estimate(
    ax: Axes,
    y: float,
    value: float,
    lower: float,
    upper: float,
    colour: str,
    marker: str,
    gid: str,
    size: float = 4.6,
) -> None:
    """Draw an estimate in a row: a mark, and its interval as a line.

    Parameters
    ----------
    ax : Axes
        A panel whose limits are set.
    y : float
        The row.
    value, lower, upper : float
        Estimate and ends; NaN ends where there is no interval, and the mark is hollow then.
        Ends beyond the limits, or without bound, become arrows.
    colour, marker : str
        Of the mark.
    gid : str
        Of the mark; the line has " interval" behind it, arrows " arrow".
    size : float, default 4.6
        Points; of the mark.
    """
    low, high = ax.get_xlim()
    has_ends = not (np.isnan(lower) or np.isnan(upper))
    if has_ends:
        ends = (max(lower, low), min(upper, high))
        ax.plot(ends, [y, y], color=colour, linewidth=1.3, zorder=3, gid=f"{gid} interval")
        for is_beyond, at, arrow in ((lower < low, low, "<"), (upper > high, high, ">")):
            if is_beyond:
                ax.plot(
                    [at],
                    [y],
                    marker=arrow,
                    markersize=size,
                    color=colour,
                    linestyle="none",
                    clip_on=False,
                    zorder=3,
                    gid=f"{gid} arrow",
                )
    if low <= value <= high:
        ax.plot(
            [value],
            [y],
            marker=marker,
            markersize=size,
            markerfacecolor=colour if has_ends else PAPER,
            markeredgecolor=colour,
            markeredgewidth=0.9,
            linestyle="none",
            clip_on=False,
            zorder=4,
            gid=gid,
        )
