"""Lasting breaks in the level of the index."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from detente import wording
from detente._checks import needs
from detente.figures.captions import FigureCaption
from detente.figures.curve import BAND
from detente.figures.episodes import plan_episodes
from detente.figures.levels import (
    axis_of,
    dots_note,
    draw_level,
    draw_months,
    dress_of,
    name_levels,
    names_width,
    span_of,
)
from detente.figures.panels import Frame, say_why
from detente.figures.theme import INK, MUTED, theme
from detente.figures.typography import PAD
from detente.index import IndexResult
from detente.inference import BreaksResult

__all__ = ["breaks_caption", "plot_breaks"]

_LEFT = 50.0
_HEIGHT, _ABOVE = 168.0, 8.0
#: More breaks than these are counted in the title, not named.
_NAMED = 3


def plot_breaks(
    result: BreaksResult,
    index: IndexResult,
    *,
    title: str | None = None,
    source: str = "",
    notices: Sequence[str] = (),
    ax: Axes | None = None,
) -> Axes:
    """Draw the raw months, the levels between breaks, and where each break may lie.

    Parameters
    ----------
    result : BreaksResult
        The breaks.
    index : IndexResult
        The index that they were sought in.
    title : str, optional
        Default: which breaks were found, or that none could be told.
    source : str, optional
        Where the statements come from.
    notices : sequence of str, optional
        What every output has to carry.
    ax : Axes, optional
        Default: a new figure, 7.2 inches wide.

    Returns
    -------
    Axes
        The chart.

    Raises
    ------
    BadArgumentError
        Where `result` or `index` is of another kind, or `ax` is too small or no plain Axes.

    Notes
    -----
    A break is a pole with its change beside it; the grey stretch around it is the interval of
    its month. Where no break can be told, dashed poles show where the nearest to one would be.

    Examples
    --------
    >>> from detente.figures import new_axes
    >>> from detente.index import monthly_index
    >>> from detente.inference import detect_breaks
    >>> days = pd.date_range("2010-01-05", periods=40, freq="15D").repeat(2)
    >>> tone = np.random.default_rng(0).normal(0, 0.3, 80).round(3)
    >>> scored = pd.DataFrame({"date": days, "source": ["RUS", "TUR"] * 40,
    ...     "target": ["TUR", "RUS"] * 40, "speaker": "A", "tone": tone})
    >>> index = monthly_index(scored)
    >>> ax = plot_breaks(detect_breaks(index, n_simulations=99), index, ax=new_axes())
    >>> len([line for line in ax.lines if line.get_gid() == "level"])
    1
    """
    needs(result, BreaksResult, "result", "detente.inference.detect_breaks")
    needs(index, IndexResult, "index", "detente.monthly_index")
    with theme():
        return _draw(result, index, Frame(title, source, notices, ax))


def _draw(
    result: BreaksResult,
    index: IndexResult,
    frame: Frame,
) -> Axes:
    sheet = frame.sheet(_title(result), _subtitle(result, index), _note(result))
    right = names_width(result.levels.tail(1))
    axis = axis_of(index, sheet.width - _LEFT - right)
    plan = plan_episodes(_marked(result), axis, sheet.width - 2 * PAD)
    fixed = sum(block.height for block in sheet.head) + sheet.foot.height + axis.tick_height
    if sheet.height is not None and sheet.height - fixed - plan.height - plan.key_height < 90:
        plan = plan.without_labels()
    stack = sheet.place(
        (_HEIGHT,),
        (_ABOVE + plan.height,),
        left=_LEFT,
        right=right,
        below=axis.tick_height + plan.key_height,
    )
    panel = stack.panels[0]
    draw_months(stack, 0, index, result.direction, axis, labels=True)
    if result.reason:
        why = wording.say("Breaks cannot be asked for: {reason}", reason=result.reason)
        say_why(stack.canvas, panel, why)
        return stack.canvas.ax
    for row in result.table.to_dict("records"):
        panel.axvspan(
            *span_of(row["lower"], row["upper"]),
            color=BAND,
            linewidth=0,
            zorder=0.4,
            gid="month interval",
        )
    for row in result.levels.to_dict("records"):
        draw_level(panel, row["since"], row["until"], row, dress_of(index, result.direction)[0])
    name_levels(stack, 0, result.levels.tail(1))
    plan.draw(stack.canvas, [panel], stack.top(0), stack.bottoms[0] - axis.tick_height)
    for day in plan.days:
        panel.axvline(
            day,
            color=INK if result.n_breaks else MUTED,
            linewidth=1.1 if result.n_breaks else 0.9,
            linestyle="-" if result.n_breaks else (0, (3, 2)),
            zorder=1.4,
            gid="break" if result.n_breaks else "candidate",
        )
    return stack.canvas.ax


def _capital(text: str) -> str:
    return wording.capital(text)


def _marked(result: BreaksResult) -> pd.DataFrame:
    """Return the breaks, or the months that come nearest to one, as poles with labels."""
    if result.n_breaks:
        rows = [
            (
                row["break_date"],
                wording.say(
                    "{month}: {change} ({interval})",
                    month=wording.month_name(row["break_date"]),
                    change=wording.degrees(row["level_change"]),
                    interval=wording.interval(row["change_lower"], row["change_upper"]),
                ),
            )
            for row in result.table.to_dict("records")
        ]
    else:
        rows = [
            (month, wording.say("No break told: {month}", month=wording.month_name(month)))
            for month in _near(result)
        ]
    return pd.DataFrame(rows, columns=["first_day", "label"]).astype(
        {"first_day": "datetime64[us]"}
    )


def _near(result: BreaksResult) -> tuple[pd.Timestamp, ...]:
    return () if result.reason else result.candidates


def _title(result: BreaksResult) -> str:
    if result.reason:
        return wording.say("Breaks in the level cannot be asked for")
    if not result.n_breaks:
        return wording.say("No lasting break in the level can be told from its drift")
    rows = result.table.to_dict("records")
    if len(rows) == 1:
        return wording.say(
            "One break in the level, {month}: {after} degrees after {before}",
            month=wording.month_name(rows[0]["break_date"]),
            after=wording.degrees(rows[0]["level_after"]),
            before=wording.degrees(rows[0]["level_before"]),
        )
    breaks = wording.count(len(rows), "break")
    if len(rows) > _NAMED:
        return wording.say("{breaks} in the level", breaks=breaks)
    months = wording.listing([wording.month_name(row["break_date"]) for row in rows])
    return wording.say("{breaks} in the level: {months}", breaks=breaks, months=months)


def _subtitle(result: BreaksResult, index: IndexResult) -> str:
    told = wording.say(
        "{direction}: means of single months, degrees, {period}.",
        direction=_capital(result.words),
        period=wording.period_name(index.months[0], index.months[-1]),
    )
    return f"{told} {_power(result)}"


def _power(result: BreaksResult) -> str:
    """Say what could have been found, and how near the nearest came."""
    if result.reason:
        return ""
    text = (
        wording.say(
            "Not even a lasting step of 160 degrees in the middle would be sure to be found in "
            "four of five cases."
        )
        if np.isnan(result.detectable)
        else wording.say(
            "A lasting step of about {degrees} degrees in the middle would be found in at least "
            "four of five cases.",
            degrees=wording.number(result.detectable),
        )
    )
    if result.n_breaks or not result.candidates:
        return text
    nearest = wording.say(
        "The nearest to one is matched by {share} of histories simulated without a break.",
        share=wording.share(result.p),
    )
    return f"{text} {nearest}"


def _note(result: BreaksResult) -> str:
    confidence = wording.share(result.confidence)
    parts = [dots_note()]
    if not result.reason:
        parts.append(
            wording.say(
                "Line: level of the stretch (figures: of the last) with its {share} interval, "
                "which covers drift and noise of statements, not the scorer's error or the choice "
                "of statements.",
                share=confidence,
            )
        )
    if result.n_breaks:
        parts.append(
            wording.say(
                "Pole: first month of a new level, with the change and its {share} interval; grey "
                "behind it: {share} interval of that month.",
                share=confidence,
            )
        )
    elif _near(result):
        parts.append(
            wording.say("Dashed: where the breaks would be that come nearest to being told.")
        )
    return " ".join(parts)


def breaks_caption(result: BreaksResult, index: IndexResult) -> FigureCaption:
    """Return the caption of `plot_breaks`.

    Parameters
    ----------
    result : BreaksResult
        The breaks.
    index : IndexResult
        The index that they were sought in.

    Returns
    -------
    FigureCaption
        Title, caption and alternative text, from the numbers of the chart.
    """
    period = wording.period_name(index.months[0], index.months[-1])
    n_shown = int(index.direction(result.direction)["raw"].notna().sum())
    caution = wording.say("A break near an event coincides with it; no more is said of the two.")
    shown = wording.say_count(
        "Dots over time, {period}, one for each of {n} month with a mean, and levels as lines.",
        "Dots over time, {period}, one for each of {n} months with a mean, and levels as lines.",
        n_shown,
        period=period,
    )
    return FigureCaption(
        wording.say("Breaks in the level, {direction}", direction=result.words),
        f"{_note(result)} {caution}",
        f"{shown} {result.sentence}",
    )
