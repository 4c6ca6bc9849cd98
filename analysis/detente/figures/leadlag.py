"""Lead and lag: what each side's tone adds to the other's a month later."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from detente import wording
from detente._checks import needs
from detente._fonts import visible
from detente.figures.captions import FigureCaption
from detente.figures.panels import Frame, Stack, say_why
from detente.figures.rows import draw_estimate
from detente.figures.theme import FIRST, GRID, INK, MUTED, SECOND, theme
from detente.figures.typography import PAD, balance, shorten, wrap
from detente.inference import LeadLagResult

__all__ = ["lead_lag_caption", "plot_lead_lag"]

_LEFT, _RIGHT = 14.0, 14.0
_ROW, _BELOW = 42.0, 32.0
#: Terms that are larger are drawn as arrows out of the panel.
_LARGEST = 3.0


def plot_lead_lag(
    result: LeadLagResult,
    *,
    title: str | None = None,
    source: str = "",
    notices: Sequence[str] = (),
    ax: Axes | None = None,
) -> Axes:
    """Draw both cross terms with their intervals.

    Parameters
    ----------
    result : LeadLagResult
        The cross terms.
    title : str, optional
        Default: the verdict.
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
        Where `result` is no LeadLagResult, or `ax` is too small or no plain Axes.

    Notes
    -----
    Within the grey zone a term is as good as none. An interval that runs out of the panel, or
    has no end, ends in an arrow. A term with such an interval of which nothing can be told has no
    mark: any other value would do as well.

    Examples
    --------
    >>> import pandas as pd
    >>> from detente.figures import new_axes
    >>> from detente.index import monthly_index
    >>> from detente.inference import estimate_lead_lag
    >>> days = pd.date_range("2010-01-05", periods=40, freq="15D").repeat(2)
    >>> tone = np.random.default_rng(0).normal(0, 0.3, 80).round(3)
    >>> scored = pd.DataFrame({"date": days, "source": ["RUS", "TUR"] * 40,
    ...     "target": ["TUR", "RUS"] * 40, "speaker": "A", "tone": tone})
    >>> ax = plot_lead_lag(estimate_lead_lag(monthly_index(scored)), ax=new_axes(7.2, 3))
    >>> len([text for text in ax.texts if text.get_gid() == "term name"])
    2
    """
    needs(result, LeadLagResult, "result", "detente.inference.estimate_lead_lag")
    with theme():
        return _draw(result, Frame(title, source, notices, ax))


def _draw(
    result: LeadLagResult,
    frame: Frame,
) -> Axes:
    sheet = frame.sheet(_title(result), _subtitle(result), _note(result))
    rows = result.table.to_dict("records")
    told = wording.say("degrees added a month later, for each degree off the usual level")
    room = sheet.width - _LEFT - _RIGHT
    scale = balance(told, room, 7, len(wrap(told, room, 7, max_lines=2)))
    # The last number is what the verdict rests on: it takes another line before it is cut.
    figures = [wrap(_figures(row), sheet.width - _LEFT - PAD, 6.5, max_lines=2) for row in rows]
    more = 9.0 * (max(map(len, figures), default=1) - 1)
    stack = sheet.place(
        ((_ROW + more) * max(len(rows), 1) + 8,),
        (2.0,),
        left=_LEFT,
        right=_RIGHT,
        below=_BELOW + 9 * (len(scale) - 1),
        smallest=40.0 * max(len(rows), 1),
    )
    panel = stack.panels[0]
    panel.set_yticks([])
    if not rows:
        panel.set_xticks([])
        why = wording.say("This cannot be asked for: {reason}", reason=result.reason)
        say_why(stack.canvas, panel, why)
        return panel
    negligible = float(result.options["negligible"])
    limit = _limit(rows, negligible)
    panel.set_xlim(-limit, limit)
    panel.set_ylim(0, len(rows))
    panel.axvspan(-negligible, negligible, color=GRID, linewidth=0, zorder=0.5, gid="negligible")
    panel.axvline(0, color=MUTED, linewidth=0.7, zorder=1, gid="zero")
    step = 0.25 if limit <= 0.75 else 0.5 if limit <= 2 else 1.0
    ticks = np.arange(-np.floor(limit / step), np.floor(limit / step) + 1) * step
    digits = 2 if step == 0.25 else 1
    panel.set_xticks(ticks, [wording.degrees(tick, digits) for tick in ticks])
    for i, line in enumerate(scale):
        stack.canvas.write(
            stack.canvas.left + stack.canvas.inner_width / 2,
            stack.bottoms[0] - 24 - 9 * i,
            line,
            ha="center",
            fontsize=7,
            color=MUTED,
            gid="scale",
        )
    colours = dict(zip(result.names, (FIRST, SECOND), strict=True))
    for i, row in enumerate(rows):
        # The colour and the mark are those of the side that would move first.
        side = row["leading"]
        marker = "o" if side == next(iter(result.names)) else "s"
        y = len(rows) - i - 0.78
        value = np.nan if _is_open(row) else row["cross_term"]
        draw_estimate(panel, y, value, row["lower"], row["upper"], colours[side], marker, "term")
        _name(stack, len(rows), i, result, row, figures[i])
    return panel


def _is_open(row: dict[Any, Any]) -> bool:
    """Say whether a term could have any value: nothing is told, and the interval has no end."""
    return bool(row["verdict"] == "cannot tell" and np.isinf([row["lower"], row["upper"]]).any())


def _limit(rows: list[dict[Any, Any]], negligible: float) -> float:
    """Return the end of the symmetric scale."""
    drawn = [
        ("lower", "upper") if _is_open(row) else ("cross_term", "lower", "upper") for row in rows
    ]
    ends = [abs(row[name]) for row, names in zip(rows, drawn, strict=True) for name in names]
    known = [end for end in ends if np.isfinite(end)]
    largest = max([*known, 2 * negligible, 0.5])
    return float(min(1.08 * largest, _LARGEST))


def _figures(row: dict[Any, Any]) -> str:
    if _is_open(row):
        return wording.say(
            "no estimate: an interval without end ({lower} to {upper}), p {p}, adjusted for two "
            "terms {adjusted}",
            lower=_end(row["lower"]),
            upper=_end(row["upper"]),
            p=_p(row["p"]),
            adjusted=_p(row["p_adjusted"]),
        )
    return wording.say(
        "{term} ({lower} to {upper}), p {p}, adjusted for two terms {adjusted}",
        term=wording.degrees(row["cross_term"], 2),
        lower=_end(row["lower"]),
        upper=_end(row["upper"]),
        p=_p(row["p"]),
        adjusted=_p(row["p_adjusted"]),
    )


def _name(
    stack: Stack, n: int, i: int, result: LeadLagResult, row: dict[Any, Any], figures: list[str]
) -> None:
    """Write above an interval whose it is, and its numbers."""
    canvas = stack.canvas
    y = stack.top(0) - i * stack.heights[0] / n
    heading = wording.say(
        "{leading}, then {following}: {verdict}",
        leading=result.names[row["leading"]],
        following=result.names[row["following"]],
        verdict=wording.say(row["verdict"]),
    )
    width = canvas.width - canvas.left - PAD
    told = [(shorten(visible(heading), width, 7, "bold"), 7.0, "bold", INK, "term name")]
    told += [(text, 6.5, "normal", MUTED, "term figures") for text in figures]
    for line, (text, fontsize, weight, colour, gid) in enumerate(told):
        canvas.write(
            canvas.left,
            y - 9 - 9.5 * line,
            text,
            fontsize=fontsize,
            fontweight=weight,
            color=colour,
            bbox={"facecolor": "#ffffff", "edgecolor": "none", "pad": 0.8, "alpha": 0.75},
            gid=gid,
        )


def _p(value: float) -> str:
    if value < 0.001:
        return wording.say("under {number}", number=wording.number(0.001, 3))
    return wording.number(value, 3)


def _end(value: float) -> str:
    return wording.say("unbounded") if np.isinf(value) else wording.degrees(value, 2)


def _title(result: LeadLagResult) -> str:
    if result.reason:
        return wording.say("Whether one side's tone moves earlier cannot be asked for")
    verdict = result.verdict
    if verdict == "neither":
        return wording.say("Neither side's tone moves a month earlier than the other's")
    if verdict == "cannot tell":
        return wording.say("We cannot tell whether one side's tone moves earlier than the other's")
    if verdict.startswith("each"):
        return wording.say("Each side's tone Granger-predicts the other's")
    leading = next(side for side in result.names if verdict.startswith(side))
    following = next(side for side in result.names if side != leading)
    return wording.say(
        "{leading} moves a month earlier than {following}",
        leading=result.names[leading],
        following=result.names[following],
    )


def _subtitle(result: LeadLagResult) -> str:
    if result.reason:
        return ""
    sizes = result.table["detectable"]
    told = [
        wording.number(size, 2) if np.isfinite(size) else wording.say("unbounded") for size in sizes
    ]
    share = wording.share(result.options["confidence"])
    if not np.isfinite(sizes).any():
        return wording.say(
            "What one side's tone adds to the other's next month, with {share} intervals; no term, "
            "of whatever size, would be seen in four of five cases",
            share=share,
        )
    either = told[0]
    for size in told[1:]:
        either = wording.say("{first} or {last}", first=either, last=size)
    return wording.say(
        "What one side's tone adds to the other's next month, with {share} intervals; terms from "
        "about {sizes} on would be seen in four of five cases",
        share=share,
        sizes=either,
    )


def _note(result: LeadLagResult) -> str:
    if result.reason:
        return ""
    size = wording.number(result.options["negligible"], 2)
    return wording.say(
        "Grey: terms of up to {size} either way, as good as none. Intervals by profile likelihood, "
        "from raw months, nothing smoothed; they cover neither the scorer's error nor the choice "
        "of statements. To move earlier is to help to foretell (Granger); a third thing that moves "
        "both, one sooner, looks the same.",
        size=size,
    )


def lead_lag_caption(result: LeadLagResult) -> FigureCaption:
    """Return the caption of `plot_lead_lag`.

    Parameters
    ----------
    result : LeadLagResult
        The cross terms.

    Returns
    -------
    FigureCaption
        Title, caption and alternative text, from the numbers of the chart.
    """
    shown = wording.say("Two intervals on a scale of degrees added a month later.")
    return FigureCaption(
        wording.say("Whether one side's tone moves earlier"),
        _note(result) or _title(result),
        f"{shown} {result.sentence}",
    )
