"""Rows of a waterfall: bars between two months, names and degrees."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from detente import wording
from detente.figures.panels import Stack
from detente.figures.theme import COLD, FAINT, GRID, INK, MUTED, PAPER, SMALLEST, WARM, text_width
from detente.figures.typography import PAD, shorten
from detente.inference import WhyResult

__all__ = ["column_width", "draw_bars", "write_rows"]

#: Points; a column of degrees, at least.
_COLUMN = 34.0


def column_width(n_columns: int) -> float:
    """Return the points of a column of degrees, as wide as its heading.

    Parameters
    ----------
    n_columns : int
        1, or 3 for what comes by share and by tone as well.

    Returns
    -------
    float
        34 at least.
    """
    return max([_COLUMN, *(text_width(head, SMALLEST) + 5 for head in _heads(n_columns))])


def _heads(n_columns: int) -> tuple[str, ...]:
    return (wording.say("Degrees"), wording.say("by share"), wording.say("by tone"))[:n_columns]


def draw_bars(stack: Stack, result: WhyResult, table: pd.DataFrame, thin: Sequence[bool]) -> None:
    """Draw the bars, each from where the one above it ends, between the two months.

    Parameters
    ----------
    stack : Stack
        One panel.
    result : WhyResult
        What moved a month.
    table : DataFrame
        As `contributions` gives it.
    thin : sequence of bool
        Whether the month before and the month have too few occasions to be solid.
    """
    ax, n = stack.panels[0], len(table) + 2
    sizes = table["contribution"].to_numpy("float64")
    edges = result.raw_before + np.concatenate([[0.0], np.cumsum(sizes)])
    has_ends = not np.isnan(result.lower)
    whisker = (
        [float(np.clip(result.raw_before + end, -200, 200)) for end in (result.lower, result.upper)]
        if has_ends
        else []
    )
    reached = [*edges, result.raw, *whisker, 0.0]
    low = min(-20.0, np.floor(min(reached) / 20) * 20)
    high = max(20.0, np.ceil(max(reached) / 20) * 20)
    ax.set_xlim(low, high)
    ax.set_ylim(n, 0)
    # Five characters and some air for each.
    most = min(7.0, stack.canvas.inner_width / 28)
    step = next(s for s in (20, 40, 50, 100, 200) if (high - low) / s <= most or s == 200)
    ticks = np.arange(np.ceil(low / step), np.floor(high / step) + 1) * step
    ax.set_xticks(ticks, [wording.degrees(tick) for tick in ticks])
    ax.xaxis.grid(True, color=GRID, linewidth=0.6)
    ax.tick_params(axis="x", length=0)
    ax.set_yticks([])
    ax.axvline(0, color=MUTED, linewidth=0.7, zorder=1.2, gid="zero")
    for i, (start, size) in enumerate(zip(edges[:-1], sizes, strict=True)):
        y = i + 1.5
        ax.barh(
            y,
            size,
            0.62,
            left=start,
            color=WARM if size > 0 else COLD,
            linewidth=0,
            zorder=2,
            gid="contribution",
        )
        ax.plot(
            [start] * 2,
            [y - 1.0 if i == 0 else y - 0.69, y + 0.31],
            color=MUTED,
            linewidth=0.6,
            zorder=3,
            gid="step",
        )
    ax.plot([edges[-1]] * 2, [n - 1.19, n - 0.5], color=MUTED, linewidth=0.6, zorder=3, gid="step")
    if has_ends:
        ax.plot(whisker, [n - 0.5] * 2, color=INK, linewidth=1.1, zorder=3, gid="interval")
    ends = zip((0.5, n - 0.5), (result.raw_before, result.raw), thin, strict=True)
    for y, value, is_thin in ends:
        ax.plot(
            [value],
            [y],
            "o",
            markersize=5.2,
            markeredgecolor=INK,
            markeredgewidth=1.1,
            zorder=4,
            markerfacecolor=PAPER if is_thin else INK,
            clip_on=False,
            gid="month",
        )


def write_rows(
    stack: Stack, result: WhyResult, table: pd.DataFrame, names: Sequence[str], n_columns: int
) -> None:
    """Write names to the left and degrees to the right of the rows.

    Parameters
    ----------
    stack : Stack
        One panel.
    result : WhyResult
        What moved a month.
    table : DataFrame
        As `contributions` gives it.
    names : sequence of str
        The month before, the groups, the month.
    n_columns : int
        1, or 3 for what comes by share and by tone as well.
    """
    canvas, n = stack.canvas, len(names)
    step = stack.heights[0] / n
    end = canvas.left + canvas.inner_width + 2
    heads, column = _heads(n_columns), column_width(n_columns)
    for k, head in enumerate(heads):
        canvas.write(
            end + column * (k + 1), stack.top(0) + 3, head, ha="right", color=MUTED, gid="head"
        )
    rows: list[tuple[float, ...]] = [(result.raw_before,)]
    rows += [tuple(row) for row in table[["contribution", "composition", "tone_change"]].to_numpy()]
    rows.append((result.raw,))
    for i, (name, values) in enumerate(zip(names, rows, strict=True)):
        y = stack.top(0) - (i + 0.5) * step - 2.4
        is_end = i in (0, n - 1)
        weight = "bold" if is_end else "normal"
        text = shorten(name, canvas.left - PAD - 8, 7, weight)
        canvas.write(PAD, y, text, fontsize=7, fontweight=weight, color=INK, gid="group")
        for k, value in enumerate(values[: len(heads)]):
            told = wording.degrees(value)
            style: dict[str, Any] = (
                {"fontweight": "bold", "color": INK, "gid": "value"}
                if k == 0
                else {"color": MUTED, "gid": "part"}
            )
            canvas.write(end + column * (k + 1), y, told, ha="right", fontsize=7, **style)
    for y in (stack.top(0) - step, stack.top(0) - (n - 1) * step):
        canvas.line([PAD, canvas.left + canvas.inner_width], [y, y], color=FAINT, linewidth=0.5)
