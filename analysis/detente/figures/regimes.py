"""Regimes: levels that the months switch between."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes

from detente import wording
from detente._checks import needs
from detente.figures.captions import FigureCaption
from detente.figures.levels import (
    axis_of,
    dots_note,
    draw_level,
    draw_months,
    name_levels,
    names_width,
    span_of,
)
from detente.figures.panels import Frame, Stack, name_panel, say_why
from detente.figures.theme import COLD, FAINT, INK, MUTED, theme
from detente.index import IndexResult
from detente.inference import RegimesResult

__all__ = ["draw_cold", "is_told", "plot_regimes", "regimes_caption", "regimes_note"]

_LEFT = 50.0
_MAIN, _CHANCE = 160.0, 44.0
_ABOVE = 19.0
#: A smaller difference in BIC is not taken for an answer, as in `RegimesResult.sentence`.
_CLEAR = 6.0
#: Greys of the regimes' chances, the coldest first; the warmest is left white.
_GREYS = ("#3c444d", "#8f98a1", "#c9ced3")
_BEHIND = "#eceef0"


def plot_regimes(
    result: RegimesResult,
    index: IndexResult,
    *,
    title: str | None = None,
    source: str = "",
    notices: Sequence[str] = (),
    ax: Axes | None = None,
) -> Axes:
    """Draw the raw months, the regimes' levels, and the chance of each regime by month.

    Parameters
    ----------
    result : RegimesResult
        The regimes.
    index : IndexResult
        The index whose months they describe.
    title : str, optional
        Default: whether regimes are told from a single level with drift.
    source : str, optional
        Where the statements come from.
    notices : sequence of str, optional
        What every output has to carry.
    ax : Axes, optional
        Its place is divided among the panels. Default: a new figure, 7.2 inches wide.

    Returns
    -------
    Axes
        The panel of the months; that of the chances is its child, with two regimes or more.

    Raises
    ------
    BadArgumentError
        Where `result` or `index` is of another kind, or `ax` is too small or no plain Axes.

    Notes
    -----
    Months whose most probable regime is not the warmest stand on grey. Below, the chances of
    the regimes are stacked, the coldest at the bottom; what is left white is the warmest.

    Examples
    --------
    >>> import pandas as pd
    >>> from detente.figures import new_axes
    >>> from detente.index import monthly_index
    >>> from detente.inference import estimate_regimes
    >>> days = pd.date_range("2010-01-05", periods=96, freq="15D").repeat(2)
    >>> tone = np.where(days < "2012-01-01", 0.5, -0.5) + np.tile([0.1, -0.1, -0.2, 0.2], 48)
    >>> scored = pd.DataFrame({"date": days, "source": ["RUS", "TUR"] * 96,
    ...     "target": ["TUR", "RUS"] * 96, "speaker": "A", "tone": tone})
    >>> index = monthly_index(scored)
    >>> ax = plot_regimes(estimate_regimes(index, n_regimes=2), index, ax=new_axes())
    >>> [text.get_text().split()[0] for text in ax.texts if text.get_gid() == "level name"]
    ['−50', '+50']
    """
    needs(result, RegimesResult, "result", "detente.inference.estimate_regimes")
    needs(index, IndexResult, "index", "detente.monthly_index")
    with theme():
        return _draw(result, index, Frame(title, source, notices, ax))


def _draw(
    result: RegimesResult,
    index: IndexResult,
    frame: Frame,
) -> Axes:
    sheet = frame.sheet(_title(result), _subtitle(result, index), _note(result))
    right = names_width(result.levels)
    axis = axis_of(index, sheet.width - _LEFT - right)
    has_chances = result.n_regimes > 1
    stack = sheet.place(
        (_MAIN, _CHANCE) if has_chances else (_MAIN,),
        (8.0, _ABOVE) if has_chances else (8.0,),
        left=_LEFT,
        right=right,
        below=axis.tick_height,
    )
    main = stack.panels[0]
    draw_months(stack, 0, index, result.direction, axis, labels=not has_chances)
    if result.reason:
        why = wording.say("Regimes cannot be asked for: {reason}", reason=result.reason)
        say_why(stack.canvas, main, why)
        return main
    for row in result.levels.to_dict("records"):
        stretches = result.table[result.table["regime"] == row["regime"]]
        is_cold = row["regime"] < result.n_regimes
        for since, until in zip(stretches["since"], stretches["until"], strict=True):
            if is_cold:
                main.axvspan(
                    *span_of(since, until), color=_BEHIND, linewidth=0, zorder=0.3, gid="cold"
                )
            draw_level(main, since, until, row, INK if is_told(result) else MUTED)
    name_levels(stack, 0, result.levels)
    if has_chances:
        _chances(stack, result)
        axis.draw(stack.panels[1], labels=True)
    return main


def _chances(stack: Stack, result: RegimesResult) -> None:
    ax, months = stack.panels[1], result.probabilities
    edges = [span_of(month, month) for month in months["month"]]
    x = np.array([edge[0] for edge in edges] + [edges[-1][1]])
    below = np.zeros(len(months))
    for i in range(result.n_regimes - 1):
        above = below + months[f"regime_{i + 1}"].to_numpy("float64")
        ax.fill_between(
            x,
            np.append(below, below[-1]) * 100,
            np.append(above, above[-1]) * 100,
            step="post",
            color=_GREYS[i],
            linewidth=0,
            zorder=2,
            gid="chance",
        )
        below = above
    ax.set_ylim(0, 100)
    ax.set_yticks([0, 50, 100], [wording.share(share) for share in (0.0, 0.5, 1.0)])
    ax.axhline(50, color=FAINT, linewidth=0.5, zorder=3)
    ax.axhline(100, color=FAINT, linewidth=0.5, zorder=1)
    levels = [wording.degrees(level) for level in result.levels["level"]]
    if len(levels) == 2:
        name = wording.say("Chance of the colder regime, around {level}", level=levels[0])
    else:
        name = wording.say(
            "Chance of {greys}, from below; empty: {warmest}",
            greys=wording.listing(levels[:-1]),
            warmest=levels[-1],
        )
    name_panel(stack.canvas, stack.top(1), name)


def is_told(result: RegimesResult) -> bool:
    """Tell whether the regimes describe the months better than what is without regimes.

    Parameters
    ----------
    result : RegimesResult
        The regimes.

    Returns
    -------
    bool
        False also where none were estimated.
    """
    if result.reason:
        return False
    return result.bic_over_rival < -_CLEAR


def _title(result: RegimesResult) -> str:
    if result.reason:
        return wording.say("Regimes cannot be asked for")
    rival, n = wording.say(result.rival), result.n_regimes
    levels = [wording.degrees(level) for level in result.levels["level"]]
    these = wording.say("one level without drift") if n == 1 else wording.count(n, "regime")
    if result.bic_over_rival > _CLEAR:
        return wording.say(
            "{rival} describes the months better than {regimes}",
            rival=_capital(rival),
            regimes=these,
        )
    if not is_told(result):
        return wording.say("We cannot tell {regimes} from {rival}", regimes=these, rival=rival)
    if n == 1:
        return wording.say(
            "One level describes the months, around {level} degrees", level=levels[0]
        )
    return wording.say(
        "The months fall into {regimes}, around {levels} degrees",
        regimes=these,
        levels=wording.listing(levels),
    )


def _capital(text: str) -> str:
    return wording.capital(text)


def _subtitle(result: RegimesResult, index: IndexResult) -> str:
    period = wording.period_name(index.months[0], index.months[-1])
    words = _capital(result.words)
    if result.reason or result.n_regimes < 2:
        return wording.say(
            "{direction}: means of single months, degrees, {period}",
            direction=words,
            period=period,
        )
    shares = wording.listing(
        [
            wording.say(
                "around {level} in {share} of the months",
                level=wording.degrees(row["level"]),
                share=wording.share(row["share"]),
            )
            for row in result.levels.to_dict("records")
        ]
    )
    return wording.say(
        "{direction}: means of single months, degrees, {period}; {levels}",
        direction=words,
        period=period,
        levels=shares,
    )


def _note(result: RegimesResult) -> str:
    if result.reason:
        return dots_note()
    parts = [
        dots_note(),
        wording.say(
            "Line and figures: level of the regime with its {share} interval, which covers neither "
            "the scorer's error nor the choice of statements. The chance of a month also uses "
            "later months.",
            share=wording.share(result.options["confidence"]),
        ),
    ]
    if result.n_regimes > 1:
        parts.append(
            wording.say("Grey behind: months whose most probable regime is not the warmest.")
        )
    if not is_told(result):
        title = _title(result)
        parts.append(wording.say("Grey lines: {finding}.", finding=title[:1].lower() + title[1:]))
    return " ".join(parts)


def regimes_caption(result: RegimesResult, index: IndexResult) -> FigureCaption:
    """Return the caption of `plot_regimes`.

    Parameters
    ----------
    result : RegimesResult
        The regimes.
    index : IndexResult
        The index whose months they describe.

    Returns
    -------
    FigureCaption
        Title, caption and alternative text, from the numbers of the chart.
    """
    period = wording.period_name(index.months[0], index.months[-1])
    n_shown = int(index.direction(result.direction)["raw"].notna().sum())
    shown = wording.say_count(
        "Dots over time, {period}, one for each of {n} month with a mean, and the levels of the "
        "regimes as lines.",
        "Dots over time, {period}, one for each of {n} months with a mean, and the levels of the "
        "regimes as lines.",
        n_shown,
        period=period,
    )
    return FigureCaption(
        wording.say("Regimes, {direction}", direction=result.words),
        f"{_note(result)} {_title(result)}." if is_told(result) else _note(result),
        f"{shown} {result.sentence}",
    )


def draw_cold(ax: Axes, result: RegimesResult) -> None:
    """Tint the stretches whose most probable regime is not the warmest, behind all else.

    Parameters
    ----------
    ax : Axes
        A panel with a time axis.
    result : RegimesResult
        The regimes.
    """
    if result.reason or result.n_regimes < 2:
        return
    cold = result.table[result.table["regime"] < result.n_regimes]
    for since, until in zip(cold["since"], cold["until"], strict=True):
        ends = span_of(since, until)
        ax.axvspan(*ends, color=COLD, alpha=0.07, linewidth=0, zorder=0.3, gid="regime")
        # Edges, so that it is seen without colour and behind an interval too.
        for end in ends:
            ax.axvline(end, color=COLD, alpha=0.4, linewidth=0.5, zorder=0.4, gid="regime edge")


def regimes_note(result: RegimesResult) -> str:
    """Say what `draw_cold` tints.

    Parameters
    ----------
    result : RegimesResult
        The regimes.

    Returns
    -------
    str
        A sentence; empty where nothing is tinted.
    """
    if result.reason or result.n_regimes < 2:
        return ""
    levels = [wording.degrees(level) for level in result.levels["level"][:-1]]
    if is_told(result):
        return wording.say(
            "Tinted: months of the regime around {levels} degrees.",
            levels=wording.listing(levels),
        )
    return wording.say(
        "Tinted: months of the regime around {levels} degrees, though we cannot tell {regimes} "
        "from {rival}.",
        levels=wording.listing(levels),
        regimes=wording.count(result.n_regimes, "regime"),
        rival=wording.say(result.rival),
    )
