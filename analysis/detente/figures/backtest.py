"""Forecasts made at past months beside what came, and their errors."""

from __future__ import annotations

import numpy as np
import pandas as pd

from detente import wording
from detente.figures.curve import BAND
from detente.figures.dates import TimeAxis, middle_of_month
from detente.figures.layout import degrees_axis
from detente.figures.panels import Stack, name_panel
from detente.figures.theme import FAINT, INK, MUTED, PAPER, SMALLEST, text_width
from detente.figures.typography import PAD, shorten

__all__ = ["draw_errors", "draw_past", "verdicts_width"]

#: What the model's forecasts are better than, by verdict.
_VERDICTS = {
    "beats both": wording.mark("beats both"),
    "beats naive only": wording.mark("beats last month"),
    "beats the mean only": wording.mark("beats the mean"),
    "beats neither": wording.mark("beats neither"),
    "cannot tell": wording.mark("cannot tell"),
}
#: Whose error a mark in the lower panel is: column, mark, name.
_ERRORS = (
    ("rmse", "o", wording.mark("model")),
    ("rmse_naive", "^", wording.mark("last month")),
    ("rmse_mean", "s", wording.mark("mean")),
)


def draw_past(
    stack: Stack,
    past: pd.DataFrame,
    scores: pd.DataFrame,
    axis: TimeAxis,
    dress: tuple[str, str],
    confidence: float,
) -> None:
    """Draw forecasts that were made at past months, and what came, in the second panel.

    Parameters
    ----------
    stack : Stack
        The panels.
    past : DataFrame
        Past forecasts of one direction and one distance.
    scores : DataFrame
        Scores of the direction.
    axis : TimeAxis
        The months that were forecast.
    dress : tuple of str
        Colour and mark of the direction.
    confidence : float
        Of the prediction intervals.
    """
    ax = stack.panels[1]
    axis.draw(ax, labels=True)
    degrees_axis(ax, named=False)
    quantile = _quantile(confidence)
    half = quantile * past["se"]
    x = middle_of_month(past["month"])
    lower, upper = past["forecast"] - half, past["forecast"] + half
    ax.vlines(
        x,
        lower.clip(-100, 100),
        upper.clip(-100, 100),
        color=BAND,
        linewidth=float(np.clip(0.8 * axis.month_width, 0.6, 8)),
        zorder=1,
        gid="past interval",
    )
    ax.plot(
        x,
        past["forecast"],
        color=INK,
        linestyle="none",
        marker="_",
        zorder=2,
        gid="past forecast",
        markersize=float(np.clip(axis.month_width, 2, 8)),
        markeredgewidth=0.9,
    )
    # As the coverage of the backtest counts them.
    is_in = ((past["raw"] - past["forecast"]).abs() <= half).to_numpy()
    colour = dress[0]
    size = float(np.clip(0.7 * axis.month_width, 1.8, 3.6))
    for chosen, marker, gid in ((is_in, "o", "came inside"), (~is_in, "X", "came outside")):
        ax.plot(
            x[chosen],
            past["raw"][chosen],
            linestyle="none",
            marker=marker,
            zorder=3,
            markersize=size if marker == "o" else 1.7 * size,
            color=colour,
            markeredgewidth=0.4,
            markeredgecolor=PAPER if marker == "X" else colour,
            alpha=1.0 if marker == "X" else 0.7,
            clip_on=False,
            gid=gid,
        )
    ahead = int(past["ahead"].iloc[0])
    covered = scores[scores["ahead"] == ahead]["coverage"]
    told = (
        wording.say_count(
            "Forecast {n} month before: {share} of months inside",
            "Forecast {n} months before: {share} of months inside",
            ahead,
            share=wording.share(float(covered.iloc[0])),
        )
        if len(covered)
        else wording.say_count("Forecast {n} month before", "Forecast {n} months before", ahead)
    )
    name_panel(stack.canvas, stack.top(1), told)


def _quantile(confidence: float) -> float:
    from scipy import stats

    return float(stats.norm.ppf((1 + confidence) / 2))


def verdicts_width(scores: pd.DataFrame) -> float:
    """Return the points that verdicts take beside the panel of errors.

    Parameters
    ----------
    scores : DataFrame
        Scores of one direction.

    Returns
    -------
    float
        0 without scores.
    """
    if scores.empty:
        return 0.0
    told = (wording.say(_VERDICTS[verdict]) for verdict in scores["verdict"].unique())
    return max(text_width(text, SMALLEST) for text in told) + 8


def draw_errors(stack: Stack, scores: pd.DataFrame) -> None:
    """Draw the errors by months ahead, with the verdicts beside, in the third panel.

    Parameters
    ----------
    stack : Stack
        The panels.
    scores : DataFrame
        Scores of one direction, a row per distance.
    """
    ax, canvas = stack.panels[2], stack.canvas
    n = len(scores)
    largest = float(scores[[name for name, _, _ in _ERRORS]].max().max())
    top = max(10.0, np.ceil(1.08 * largest / 10) * 10)
    ax.set_xlim(0, top)
    ax.set_ylim(n, 0)
    step = next((s for s in (10, 20, 50) if top / s <= 6), 50)
    ticks = np.arange(0, top + 1, step)
    ax.set_xticks(ticks, [wording.number(tick) for tick in ticks])
    ax.xaxis.grid(True, linewidth=0.6)
    rows = scores.to_dict("records")
    ax.set_yticks(
        [i + 0.5 for i in range(n)], [wording.count(int(row["ahead"]), "month") for row in rows]
    )
    for i, row in enumerate(rows):
        ax.plot(
            [0, row["noise"]],
            [i + 0.5] * 2,
            color=FAINT,
            linewidth=4,
            zorder=1,
            solid_capstyle="butt",
            gid="noise",
        )
        for name, marker, _ in _ERRORS:
            is_own = name == "rmse"
            ax.plot(
                [row[name]],
                [i + 0.5],
                marker=marker,
                linestyle="none",
                markersize=4.4,
                markerfacecolor=INK if is_own else PAPER,
                markeredgecolor=INK,
                markeredgewidth=0.9,
                zorder=4 if is_own else 3,
                clip_on=False,
                gid=name,
            )
    _key(stack)
    x = canvas.left + canvas.inner_width + 6
    for i, row in enumerate(rows):
        y = stack.top(2) - (i + 0.5) * stack.heights[2] / n - 2.2
        told = wording.say(_VERDICTS[row["verdict"]])
        canvas.write(x, y, told, color=MUTED, gid="verdict")


def _key(stack: Stack) -> None:
    """Name the marks of the errors in the heading."""
    canvas, y = stack.canvas, stack.top(2)
    head = wording.say("Error, degrees:")
    names = [wording.say(known) for _, _, known in _ERRORS]
    needed = sum(text_width(text, 7) for text in names)
    for start in (canvas.left, PAD):
        x = start + text_width(head, 7, "bold") + 6
        offered = canvas.width - x - 17 * len(names) + 9
        # Where the names of the marks would be cut, the heading makes room for them.
        if needed <= offered:
            break
    name_panel(canvas, y, head, x=start)
    for (name, marker, _), own in zip(_ERRORS, names, strict=True):
        fitting = text_width(own, 7) * offered / needed
        text = own if needed <= offered else shorten(own, fitting, 7)
        canvas.line(
            [x + 3],
            [y + 7.4],
            color=INK,
            marker=marker,
            markersize=4.0,
            markerfacecolor=INK if name == "rmse" else PAPER,
            markeredgewidth=0.9,
        )
        canvas.write(x + 8, y + 5, text, fontsize=7, color=INK, gid="key")
        x += text_width(text, 7) + 17
