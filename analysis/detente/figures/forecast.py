"""The months to come as a fan, and how forecasts made in the past did."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from detente import wording
from detente._checks import needs
from detente.errors import BadArgumentError, did_you_mean
from detente.figures.backtest import draw_errors, draw_past, verdicts_width
from detente.figures.captions import FigureCaption
from detente.figures.curve import draw_band, draw_curve, has_curve, months_of
from detente.figures.dates import TimeAxis, middle_of_month, month_names
from detente.figures.layout import degrees_axis
from detente.figures.levels import dots_note, draw_raw, dress_of, span_of
from detente.figures.panels import Frame, Stack, say_why
from detente.figures.theme import INK, MUTED, SMALLEST, text_width, theme
from detente.index import BILATERAL, IndexResult
from detente.inference import ForecastResult

__all__ = ["forecast_caption", "plot_forecast"]

_LEFT, _RIGHT = 50.0, 62.0
_FAN, _PAST, _ROW = 128.0, 84.0, 14.0
_ABOVE = 19.0
#: Months before the forecast that the fan is drawn with, and more for each month ahead.
_BEFORE, _PER_MONTH = 24, 3
#: Greys of the fan: of a month's mean, and of the index.
_OUTER, _INNER = "#e3e6ea", "#b3bac2"


def plot_forecast(
    result: ForecastResult,
    index: IndexResult,
    *,
    direction: str = BILATERAL,
    title: str | None = None,
    source: str = "",
    notices: Sequence[str] = (),
    ax: Axes | None = None,
) -> Axes:
    """Draw the forecast as a fan, past forecasts beside what came, and their errors.

    Parameters
    ----------
    result : ForecastResult
        The forecasts.
    index : IndexResult
        The index that they continue.
    direction : str, default "bilateral"
        "A>B", "B>A" or "bilateral".
    title : str, optional
        Default: whether the tone can be foretold.
    source : str, optional
        Where the statements come from.
    notices : sequence of str, optional
        What every output has to carry.
    ax : Axes, optional
        Its place is divided among the panels. Default: a new figure, 7.2 inches wide.

    Returns
    -------
    Axes
        The panel of the fan; those of the past forecasts and of their errors, where there are
        some, are its children.

    Raises
    ------
    BadArgumentError
        Where `result` or `index` is of another kind, the direction is unknown, or `ax` is too
        small or no plain Axes.

    Notes
    -----
    The inner fan is the prediction interval of the index, the outer one that of the mean of a
    single month. Months outside the interval of their past forecast are drawn as crosses.

    Examples
    --------
    >>> from detente.figures import new_axes
    >>> from detente.index import monthly_index
    >>> from detente.inference import forecast_index
    >>> days = pd.date_range("2010-01-05", periods=40, freq="15D").repeat(2)
    >>> tone = np.random.default_rng(0).normal(0, 0.3, 80).round(3)
    >>> scored = pd.DataFrame({"date": days, "source": ["RUS", "TUR"] * 40,
    ...     "target": ["TUR", "RUS"] * 40, "speaker": "A", "tone": tone})
    >>> index = monthly_index(scored)
    >>> ahead = forecast_index(index, months=2, backtest=False)
    >>> ax = plot_forecast(ahead, index, ax=new_axes())
    >>> len([line for line in ax.lines if line.get_gid() == "forecast"])
    1
    """
    needs(result, ForecastResult, "result", "detente.inference.forecast_index")
    needs(index, IndexResult, "index", "detente.monthly_index")
    if direction not in result.names:
        names = tuple(result.names)
        raise BadArgumentError(
            f"Unknown direction {direction!r}.",
            remedy=did_you_mean(direction, names) or f"Use one of {', '.join(names)}.",
        )
    with theme():
        return _draw(result, index, direction, Frame(title, source, notices, ax))


def _draw(
    result: ForecastResult,
    index: IndexResult,
    direction: str,
    frame: Frame,
) -> Axes:
    parts = (result.table, result.past, result.scores)
    table, past, scores = (_part(part, direction) for part in parts)
    titles = _title(result, direction), _subtitle(result, direction)
    sheet = frame.sheet(*titles, _note(result, index, direction))
    n_months = len(table)
    first = max(index.months[0], _back(index.months[-1], _BEFORE + _PER_MONTH * n_months))
    last = table["month"].iloc[-1] if n_months else index.months[-1]
    mean = text_width(wording.say("a month's mean"), SMALLEST) + 6
    right = max(_RIGHT, verdicts_width(scores), mean)
    inner = sheet.width - _LEFT - right
    axis = TimeAxis(first, last, inner)
    heights, above = [_FAN], [8.0]
    nearest = past[past["ahead"] == past["ahead"].min()] if len(past) else past
    if len(nearest):
        before = TimeAxis(nearest["month"].iloc[0], nearest["month"].iloc[-1], inner)
        heights += [_PAST, _ROW * len(scores)]
        above += [axis.tick_height + _ABOVE, before.tick_height + _ABOVE]
    stack = sheet.place(
        heights,
        above,
        left=_LEFT,
        right=right,
        below=20.0 if len(nearest) else axis.tick_height,
    )
    _fan(stack, index, direction, table, axis)
    if n_months == 0:
        reason = result.reasons.get(direction) or wording.say("no model was fitted")
        why = wording.say("No forecast: {reason}", reason=reason)
        say_why(stack.canvas, stack.panels[0], why)
    if len(nearest):
        draw_past(stack, nearest, scores, before, dress_of(index, direction), index.confidence)
        draw_errors(stack, scores)
    return stack.canvas.ax


def _part(frame: pd.DataFrame, direction: str) -> pd.DataFrame:
    """Return the rows of a direction; no row where there is no column to tell it by."""
    if "direction" not in frame.columns:
        return frame
    return frame[frame["direction"] == direction].reset_index(drop=True)


def _back(month: pd.Timestamp, n: int) -> pd.Timestamp:
    return month - pd.DateOffset(months=n - 1)


def _fan(
    stack: Stack, index: IndexResult, direction: str, table: pd.DataFrame, axis: TimeAxis
) -> None:
    ax = stack.panels[0]
    axis.draw(ax, labels=True)
    degrees_axis(ax, named=stack.heights[0] >= 70)
    rows = months_of(index, direction)
    rows = rows[rows["month"] >= axis.first].reset_index(drop=True)
    if has_curve(index, direction):
        draw_band(ax, rows)
        draw_curve(ax, rows, dress_of(index, direction)[0], 1.4, "index")
    draw_raw(ax, rows, dress_of(index, direction), axis)
    if table.empty:
        return
    end = rows.iloc[-1]
    edge = span_of(index.months[-1], index.months[-1])[1]
    x = [float(end["x"]), *middle_of_month(table["month"])]
    # The fan fills its months from edge to edge, so that a single one is seen too.
    last = table["month"].iloc[-1]
    wide = [edge, *x[1:], span_of(last, last)[1]]
    for low, high, grey, order, gid in (
        ("raw_lower", "raw_upper", _OUTER, 1.0, "raw interval"),
        ("lower", "upper", _INNER, 1.1, "prediction interval"),
    ):
        lower, upper = (table[name].to_numpy("float64") for name in (low, high))
        ax.fill_between(
            wide,
            [lower[0], *lower, lower[-1]],
            [upper[0], *upper, upper[-1]],
            color=grey,
            linewidth=0,
            zorder=order,
            gid=gid,
        )
    start = end["index"] if has_curve(index, direction) else np.nan
    ax.plot(
        x,
        [start, *table["forecast"]],
        color=INK,
        linewidth=1.3,
        linestyle=(0, (1.6, 1.1)),
        marker="o",
        markersize=float(np.clip(0.35 * axis.month_width, 1.0, 2.6)),
        markevery=range(1, len(x)),
        zorder=4,
        gid="forecast",
    )
    ax.axvline(edge, color=MUTED, linewidth=0.7, zorder=1.3, gid="last month")
    _name_end(stack, table)


def _name_end(stack: Stack, table: pd.DataFrame) -> None:
    """Write the last forecast and its intervals beside the panel."""
    row = table.iloc[-1]
    canvas, size = stack.canvas, stack.heights[0]
    x = canvas.left + canvas.inner_width + 4
    y = stack.bottoms[0] + float(np.clip((row["forecast"] + 100) / 200 * size, 30, size - 26))
    lines = (
        (f"{month_names()[row['month'].month - 1]} {row['month'].year}", 17, SMALLEST, "normal"),
        (wording.degrees(row["forecast"]), 6, 8.0, "bold"),
        (wording.interval(row["lower"], row["upper"]), -3.5, SMALLEST, "normal"),
        (wording.say("a month's mean"), -15.0, SMALLEST, "normal"),
        (wording.interval(row["raw_lower"], row["raw_upper"]), -23.5, SMALLEST, "normal"),
    )
    for text, up, fontsize, weight in lines:
        canvas.write(
            x,
            y + up,
            text,
            fontsize=fontsize,
            fontweight=weight,
            color=INK if weight == "bold" else MUTED,
            gid="end",
        )


def _title(result: ForecastResult, direction: str) -> str:
    if result.table.empty or direction in result.reasons:
        return wording.say("The months to come cannot be foretold")
    scores = _part(result.scores, direction)
    known = scores[scores["verdict"] != "cannot tell"] if len(scores) else scores
    if known.empty:
        return wording.say("We cannot tell how well the tone can be foretold")
    better = known[known["verdict"].isin(["beats both", "beats the mean only"])]["ahead"]
    if better.empty:
        return wording.say("We cannot foretell the tone better than its long-run mean does")
    # The noun follows the last number of the list.
    ahead = wording.say_count(
        "{months} month ahead",
        "{months} months ahead",
        int(better.iloc[-1]),
        months=wording.listing([wording.number(n) for n in better]),
    )
    if len(better) == len(scores):
        return wording.say(
            "The model foretells the tone better than its long-run mean {ahead}", ahead=ahead
        )
    return wording.say(
        "The model foretells the tone better than its long-run mean {ahead}, not at other "
        "distances",
        ahead=ahead,
    )


def _subtitle(result: ForecastResult, direction: str) -> str:
    words = result.names[direction]
    words = wording.capital(words)
    table = _part(result.table, direction)
    if table.empty:
        return wording.say("{direction}, degrees", direction=words)
    row: dict[Any, Any] = table.iloc[-1].to_dict()
    return wording.say(
        "{direction}, degrees: {forecast} expected for {month} ({share} prediction interval "
        "{interval})",
        direction=words,
        forecast=wording.degrees(row["forecast"]),
        month=wording.month_name(row["month"]),
        share=wording.share(result.options["confidence"]),
        interval=wording.interval(row["lower"], row["upper"]),
    )


def _note(result: ForecastResult, index: IndexResult, direction: str) -> str:
    confidence = wording.share(result.options["confidence"])
    parts = [dots_note()]
    if has_curve(index, direction):
        parts.insert(
            0,
            wording.say(
                "Line: index, smoothed over all months, later ones too; dashed where a month has "
                "no dot, and ahead."
            ),
        )
    if len(_part(result.table, direction)):
        parts.append(
            wording.say(
                "Fan: {share} prediction interval, inner of the index, outer of the mean of a "
                "single month; it covers drift, parameters and noise of statements, not the "
                "scorer's error, the choice of statements or what will happen.",
                share=confidence,
            )
        )
    if len(_part(result.past, direction)):
        parts.append(
            wording.say(
                "Past forecasts: stroke with grey interval, from what was known then; dot: what "
                "came, cross: outside. Error: root mean squared; grey bar: what noise of "
                "statements alone leaves. Beats: is clearly below that of the last raw month, of "
                "the long-run mean."
            )
        )
    return " ".join(parts)


def forecast_caption(
    result: ForecastResult, index: IndexResult, direction: str = BILATERAL
) -> FigureCaption:
    """Return the caption of `plot_forecast`.

    Parameters
    ----------
    result : ForecastResult
        The forecasts.
    index : IndexResult
        The index that they continue.
    direction : str, default "bilateral"
        "A>B", "B>A" or "bilateral".

    Returns
    -------
    FigureCaption
        Title, caption and alternative text, from the numbers of the chart.
    """
    has_past = len(_part(result.past, direction)) > 0
    told = result.sentence if direction == BILATERAL else _subtitle(result, direction)
    shown = (
        wording.say(
            "The index over time with a fan of forecasts, past forecasts and their errors below."
        )
        if has_past
        else wording.say("The index over time with a fan of forecasts.")
    )
    month = wording.month_name(index.months[-1])
    return FigureCaption(
        wording.say("The months after {month}", month=month),
        _note(result, index, direction),
        f"{shown} {_title(result, direction)}. {told}",
    )
