"""What moved a month: a waterfall from the month before."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from detente import wording
from detente._checks import needs
from detente._fonts import visible
from detente.errors import BadArgumentError, did_you_mean
from detente.figures.captions import FigureCaption
from detente.figures.groups import group_words
from detente.figures.panels import Frame
from detente.figures.theme import text_width, theme
from detente.figures.typography import PAD
from detente.figures.waterfall import column_width, draw_bars, write_rows
from detente.index import MIN_OCCASIONS
from detente.inference import WhyResult

__all__ = ["contributions", "moves_caption", "plot_moves"]

_ROW = 15.0
#: Points; below this width only the sum of a contribution is printed.
_WIDE = 380.0
#: How many groups of a kind are left, by grouping.
_OTHERS = {
    "topic": lambda n: wording.count(n, "other topic"),
    "channel": lambda n: wording.count(n, "other channel"),
    "level": lambda n: wording.count(n, "other office"),
    "speaker": lambda n: wording.count(n, "other speaker"),
}


def contributions(result: WhyResult, grouping: str | None = None, n: int = 8) -> pd.DataFrame:
    """Return what each group adds to a month's change, both directions taken together.

    Parameters
    ----------
    result : WhyResult
        What moved a month.
    grouping : {"topic", "channel", "level", "speaker"}, optional
        Default: the first of these with two groups or more.
    n : int, default 8
        Groups at most, 1 or more; the others are taken together.

    Returns
    -------
    DataFrame
        One row per group, largest first, the others last: `group`, `composition`,
        `tone_change` and `contribution` (degrees, which add up to `result.change`).

    Raises
    ------
    BadArgumentError
        For a grouping that the statements do not have, or `n` below 1.
    """
    if n < 1:
        raise BadArgumentError(f"n={n} was received; it is at least 1.")
    chosen = _chosen(result, grouping)
    columns = ["composition", "tone_change", "contribution"]
    sums = result.table[result.table["grouping"] == chosen].groupby("group")[columns].sum()
    sums = sums.loc[
        sums["contribution"].abs().round(9).sort_values(ascending=False, kind="stable").index
    ]
    # One group too many is named, not called "1 other".
    cut = n if len(sums) > n + 1 else len(sums)
    shown, rest = sums.iloc[:cut].reset_index(), sums.iloc[cut:]
    if len(rest):
        other = {"group": _OTHERS[chosen](len(rest)), **rest.sum()}
        shown = pd.concat([shown, pd.DataFrame([other])], ignore_index=True)
    return shown


def _chosen(result: WhyResult, grouping: str | None) -> str:
    """Return the grouping that is asked for, or the first that tells something."""
    there = [str(name) for name in result.table["grouping"].unique()]
    many = result.table.groupby("grouping")["group"].nunique()
    usual = [name for name in _OTHERS if name in there]
    telling = [name for name in usual if many[name] > 1]
    chosen = grouping if grouping is not None else next(iter([*telling, *usual]), "")
    if chosen not in there:
        raise BadArgumentError(
            f"There is no grouping {chosen!r}.",
            remedy=did_you_mean(chosen, there) or f"Use one of {', '.join(there)}.",
        )
    return chosen


def plot_moves(
    result: WhyResult,
    grouping: str | None = None,
    *,
    n_groups: int = 8,
    title: str | None = None,
    source: str = "",
    notices: Sequence[str] = (),
    ax: Axes | None = None,
) -> Axes:
    """Draw what moved a month as a waterfall.

    Parameters
    ----------
    result : WhyResult
        What moved a month, as `why` gives it.
    grouping : {"topic", "channel", "level", "speaker"}, optional
        By what the change is split; default: the first of these with two groups or more.
    n_groups : int, default 8
        Groups at most, 1 or more; the others are taken together.
    title : str, optional
        Default: by how much the month moved, and whether that can be told from scatter.
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
        Where `result` is no WhyResult, the statements lack the grouping, or `ax` is too small or
        no plain Axes.

    Notes
    -----
    Each bar begins where the one above it ends. The contributions are arithmetic: they say which
    statements make up the change, not why officials spoke so.

    Examples
    --------
    >>> from detente.figures import new_axes
    >>> from detente.index import monthly_index
    >>> from detente.inference import why
    >>> scored = pd.DataFrame({
    ...     "date": pd.to_datetime(["2015-10-05", "2015-10-09", "2015-12-02"]),
    ...     "source": "RUS", "target": "TUR", "speaker": ["A", "B", "A"],
    ...     "tone": [0.5, 0.1, -0.6], "topic": ["trade", "syria", "syria"]})
    >>> result = monthly_index(scored, ("RUS", "TUR"), method="means")
    >>> ax = plot_moves(why(result, "2015-12", direction="RUS>TUR"), ax=new_axes(7.2, 3))
    >>> [text.get_text() for text in ax.texts if text.get_gid() == "value"]
    ['+30', '−80', '−10', '−60']
    """
    needs(result, WhyResult, "result", "detente.inference.why")
    table = contributions(result, grouping, n_groups)
    with theme():
        names = [visible(group_words(group, _chosen(result, grouping))) for group in table["group"]]
        return _draw(result, table, names, Frame(title, source, notices, ax))


def _draw(
    result: WhyResult,
    table: pd.DataFrame,
    names: Sequence[str],
    frame: Frame,
) -> Axes:
    title = _title(result)
    is_wide = frame.width >= _WIDE
    note = _note(result, has_parts=is_wide)
    sheet = frame.sheet(title, _subtitle(result), note)
    ends = (_base(result), wording.month_name(result.month))
    longest = max(text_width(name, 7, "bold") for name in (*names, *ends))
    left = float(np.clip(longest, 50.0, 0.36 * sheet.width)) + PAD + 8
    n, n_columns = len(table) + 2, 3 if is_wide else 1
    stack = sheet.place(
        (_ROW * n,),
        (13.0,),
        left=left,
        right=column_width(n_columns) * n_columns + 6,
        below=16.0,
        smallest=9.0 * n,
    )
    months = (result.base_month, result.month)
    draw_bars(stack, result, table, [_is_thin(result, month) for month in months])
    write_rows(stack, result, table, (ends[0], *names, ends[1]), n_columns=n_columns)
    return stack.canvas.ax


def _base(result: WhyResult) -> str:
    if result.base_month is None:
        return wording.say("All months")
    return wording.month_name(result.base_month)


def _is_thin(result: WhyResult, month: pd.Timestamp | None) -> bool:
    """Tell whether a month has too few occasions to be drawn solid."""
    if month is None:
        return False
    own = result.statements[result.statements["month"] == month]
    keys = [name for name in ("direction", "date", "speaker", "channel") if name in own.columns]
    return len(own[keys].drop_duplicates()) < MIN_OCCASIONS


def _moved(result: WhyResult) -> str:
    month, size = wording.month_name(result.month), wording.number(abs(result.change))
    if not round(result.change):
        return wording.say("{month}: the raw index stood still", month=month)
    if result.change > 0:
        return wording.say("{month}: the raw index rose by {size} degrees", month=month, size=size)
    return wording.say("{month}: the raw index fell by {size} degrees", month=month, size=size)


def _title(result: WhyResult) -> str:
    text = _moved(result)
    if np.isnan(result.lower):
        return wording.say("{move}; we cannot tell how surely", move=text)
    if result.lower <= 0 <= result.upper:
        return wording.say("{move}, which we cannot tell from the scatter of statements", move=text)
    return text


def _subtitle(result: WhyResult) -> str:
    words = result.direction_name
    n = int((result.statements["month"] == result.month).sum())
    parts = {
        "direction": wording.capital(words),
        "before": wording.degrees(result.raw_before),
        "after": wording.degrees(result.raw),
        "month": wording.month_name(result.month),
        "statements": wording.count(n, "statement"),
    }
    if result.base_month is None:
        text = wording.say(
            "{direction}: from {before} as the mean of all observed months to {after} in {month} "
            "({statements}), degrees",
            **parts,
        )
    else:
        n_before = int((result.statements["month"] == result.base_month).sum())
        text = wording.say(
            "{direction}: from {before} in {month_before} ({statements_before}) to {after} in "
            "{month} ({statements}), degrees",
            **parts,
            month_before=_base(result),
            statements_before=wording.count(n_before, "statement"),
        )
    if np.isnan(result.lower):
        return text
    change = wording.say(
        "change {change}, {share} interval {interval}",
        change=wording.degrees(result.change),
        share=wording.share(result.confidence),
        interval=wording.interval(result.lower, result.upper),
    )
    return f"{text}; {change}"


def _note(result: WhyResult, *, has_parts: bool) -> str:
    parts = [
        wording.say(
            "Each bar begins where the one above it ends; dark (blue) moves down, light (orange) "
            "up."
        )
    ]
    if not np.isnan(result.lower):
        parts.append(
            wording.say(
                "Line through the last mark: {share} interval of the change, for the noise of "
                "statements, not for the scorer's error or the choice of statements.",
                share=wording.share(result.confidence),
            )
        )
    if has_parts:
        parts.append(
            wording.say(
                "By share: the group spoke for more or less of the month; by tone: it spoke "
                "otherwise."
            )
        )
    thin = [month for month in (result.base_month, result.month) if _is_thin(result, month)]
    if thin:
        least = wording.number(MIN_OCCASIONS)
        parts.append(wording.say("Hollow: fewer than {least} occasions.", least=least))
    parts.append(
        wording.say("Contributions are arithmetic; they do not say why officials spoke so.")
    )
    return " ".join(parts)


def moves_caption(
    result: WhyResult, grouping: str | None = None, n_groups: int = 8
) -> FigureCaption:
    """Return the caption of `plot_moves`.

    Parameters
    ----------
    result : WhyResult
        What moved a month.
    grouping : {"topic", "channel", "level", "speaker"}, optional
        As drawn.
    n_groups : int, default 8
        As drawn.

    Returns
    -------
    FigureCaption
        Title, caption and alternative text, from the numbers of the chart.
    """
    table = contributions(result, grouping, n_groups)
    chosen, month = _chosen(result, grouping), wording.month_name(result.month)
    told = [
        f"{visible(group_words(group, chosen))} {wording.degrees(value)}"
        for group, value in zip(table["group"], table["contribution"], strict=True)
    ]
    shown = wording.say(
        "Bars one after the other, from {base} to {month}: {changes}.",
        base=_base(result),
        month=month,
        changes=wording.listing(told),
    )
    return FigureCaption(
        wording.say("What moved {month}", month=month),
        _note(result, has_parts=True),
        f"{shown} {result.sentence}",
    )
