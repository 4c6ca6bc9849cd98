"""All tested episodes with their changes, one below the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from detente import wording
from detente._checks import needs
from detente._fonts import visible
from detente.errors import BadArgumentError, did_you_mean
from detente.figures.captions import FigureCaption
from detente.figures.changes import (
    SEEN,
    days_of,
    dress_of_verdict,
    forest_note,
    forest_subtitle,
    forest_title,
    most_told,
    told_change,
    told_episodes,
    what_of,
)
from detente.figures.panels import Frame, Sheet, Stack, say_why
from detente.figures.rows import draw_estimate
from detente.figures.theme import FAINT, GRID, INK, MUTED, PAPER, SMALLEST, text_width, theme
from detente.figures.typography import PAD, wrap
from detente.index import BILATERAL
from detente.inference import EpisodesResult

__all__ = ["ORDERS", "forest_caption", "plot_forest"]

#: In which order episodes stand.
ORDERS = ("date", "size")

#: Points of a row with two lines of text, and of the lowest row, with one.
_ROW, _LINE = 19.0, 8.8
#: Points of a row in a column, where a name takes two lines.
_TALL_ROW, _COLUMN = 27.0, 400.0
#: Greys of what would go unseen, and of what histories without a change show.
_UNSEEN, _PLACEBO = "#eceff1", "#cfd5da"
_ABOVE, _BELOW = 8.0, 24.0
_MOST, _PAGE = 60, 520.0
#: Sizes beyond this are arrows: a change of degrees has no more than 200.
_WIDEST = 200.0


def plot_forest(
    result: EpisodesResult,
    *,
    direction: str = BILATERAL,
    order: str = "date",
    title: str | None = None,
    source: str = "",
    notices: Sequence[str] = (),
    ax: Axes | None = None,
) -> Axes:
    """Draw the change at every episode with its interval, and what could have been seen.

    Parameters
    ----------
    result : EpisodesResult
        The changes.
    direction : str, default "bilateral"
        "A>B", "B>A" or "bilateral".
    order : {"date", "size"}, default "date"
        The earliest, or the largest warming, on top.
    title : str, optional
        Default: which changes stand out.
    source : str, optional
        Where the statements come from.
    notices : sequence of str, optional
        What every output has to carry.
    ax : Axes, optional
        Default: a new figure, 7.2 inches wide and as high as there are episodes.

    Returns
    -------
    Axes
        The chart.

    Raises
    ------
    BadArgumentError
        Where `result` is no EpisodesResult, there is no such direction or order, or `ax` is too
        small or no plain Axes.

    Notes
    -----
    The outer grey reaches to the smallest change that would be seen in four of five cases; the
    inner holds what histories simulated without a change show as often as the confidence says.
    An episode that was not tested has its reason in place of a mark. Where there is no room for
    all, those that stand out are drawn, and of the others those with the most statements.

    Examples
    --------
    >>> from detente.figures import new_axes
    >>> from detente.inference import estimate_episodes
    >>> rng = np.random.default_rng(1)
    >>> days = pd.date_range("2014-01-03", "2017-12-28", freq="9D")
    >>> tone = np.where(days < "2015-11-24", 0.4, -0.3) + rng.normal(0, 0.2, len(days))
    >>> scored = pd.DataFrame({
    ...     "date": days, "tone": tone.clip(-1, 1), "speaker": "A",
    ...     "source": np.resize(["RUS", "TUR"], len(days)),
    ...     "target": np.resize(["TUR", "RUS"], len(days))})
    >>> events = pd.DataFrame({
    ...     "date": pd.to_datetime(["2015-11-24"]), "end_date": pd.NaT, "label": "Jet shot down",
    ...     "kind": "act", "expected": "cooling", "headline": True, "episode": "shootdown"})
    >>> ax = plot_forest(estimate_episodes(scored, events, n_placebo=99), ax=new_axes(7.2, 3))
    >>> [text.get_text() for text in ax.texts if text.get_gid() == "verdict"]
    ['cooled']
    """
    needs(result, EpisodesResult, "result", "detente.estimate_episodes")
    if order not in ORDERS:
        raise BadArgumentError(
            f"Unknown order {order!r}.",
            remedy=did_you_mean(str(order), ORDERS) or f"Use {wording.listing(ORDERS)}.",
        )
    rows = result.direction(direction)
    with theme():
        return _draw(result, rows, direction, order, Frame(title, source, notices, ax))


def _draw(
    result: EpisodesResult,
    rows: pd.DataFrame,
    direction: str,
    order: str,
    frame: Frame,
) -> Axes:
    title = forest_title(rows)
    subtitle = forest_subtitle(result, rows, direction)
    # A line more: the note may have to say that some are not drawn.
    given = _room_for(frame.sheet(title, subtitle, forest_note(result, rows, len(rows)) + " " * 60))
    shown = most_told(rows, given)
    note = forest_note(result, rows, len(shown))
    sheet = frame.sheet(title, subtitle, note)
    shown = _ordered(shown, order)
    listed = shown.to_dict("records")
    left, right = _sides(listed, sheet.width)
    stack = sheet.place(
        (_height_of(len(listed), sheet.width),),
        (_ABOVE,),
        left=left,
        right=right,
        below=_BELOW,
        smallest=max(30.0, _LINE * len(listed)),
    )
    panel = stack.panels[0]
    if not listed:
        panel.set_xticks([])
        panel.set_yticks([])
        say_why(stack.canvas, panel, wording.say("No episode"))
        return panel
    _scale(panel, shown)
    n = len(listed)
    panel.set_ylim(n, 0)
    panel.set_yticks([])
    for i, row in enumerate(listed):
        _mark(panel, row, i + 0.5)
        _tell(stack, row, i, n)
    for i in range(1, n):
        panel.axhline(i, color=GRID, linewidth=0.5, zorder=0.4)
    _name_ends(stack)
    return panel


def _room_for(sheet: Sheet) -> int:
    """Return how many episodes find a row."""
    if sheet.height is None:
        return _MOST
    return max(1, min(_MOST, int((sheet.height - sheet.taken - _ABOVE - _BELOW - 18) // _LINE)))


def _height_of(n: int, width: float) -> float:
    """Return the height of so many rows; those of many are lower, to stay on a page."""
    row = _ROW if width > _COLUMN else _TALL_ROW
    return max(min(n * row, _PAGE), n * _LINE, 40.0)


def _ordered(rows: pd.DataFrame, order: str) -> pd.DataFrame:
    if order == "date":
        return rows.sort_values("first_day", kind="stable")
    return rows.sort_values("level_change", ascending=False, kind="stable", na_position="last")


def _sides(rows: list[dict[Any, Any]], width: float) -> tuple[float, float]:
    """Return the points beside the panel that names and numbers take."""
    names = [text_width(visible(str(row["label"])), 7.0) for row in rows]
    days = [text_width(days_of(row), SMALLEST) for row in rows]
    told = [text_width(told_change(row), SMALLEST) for row in rows]
    verdicts = [text_width(wording.say(row["verdict"]), SMALLEST, "bold") for row in rows]
    left = min(max([*names, *days, 40.0]) + PAD + 8, 0.34 * width)
    return left, max([*told, *verdicts, 40.0]) + PAD + 8


def _scale(ax: Axes, rows: pd.DataFrame) -> None:
    values = rows[["level_change", "lower", "upper", "mde"]].abs().to_numpy("float64")
    largest = float(np.nanmax(values)) if np.isfinite(values).any() else 50.0
    reach = float(np.clip(25 * np.ceil(1.02 * largest / 25), 50, _WIDEST))
    step = 25 if reach <= 50 else 50 if reach <= 125 else 100
    # A column has no room for a number every 50 degrees where the scale is long.
    width = ax.get_position().width * ax.figure.bbox.width * 72 / ax.figure.dpi
    while 2 * reach / step * 24 > width:
        step *= 2
    ax.set_xlim(-reach, reach)
    ticks = [t for t in range(-200, 201, step) if abs(t) <= reach]
    ax.set_xticks(ticks, [wording.degrees(tick) for tick in ticks])
    ax.xaxis.grid(True, color=GRID, linewidth=0.6)
    ax.axvline(0, color=MUTED, linewidth=0.7, zorder=1.4, gid="zero")


def _mark(ax: Axes, row: dict[Any, Any], y: float) -> None:
    """Draw a change, what would go unseen, and what histories without a change show."""
    if np.isnan(row["level_change"]):
        return
    half = (row["upper"] - row["lower"]) / 2
    for reach, high, colour, gid in (
        (row["mde"], 0.84, _UNSEEN, "unseen"),
        (half, 0.5, _PLACEBO, "placebo"),
    ):
        reach = min(reach, ax.get_xlim()[1])
        ax.fill_between(
            [-reach, reach],
            y - high / 2,
            y + high / 2,
            color=colour,
            linewidth=0,
            zorder=0.6,
            gid=gid,
        )
    colour, marker, size = dress_of_verdict(row["verdict"])
    draw_estimate(
        ax, y, row["level_change"], row["lower"], row["upper"], colour, marker, "change", size
    )


def _tell(stack: Stack, row: dict[Any, Any], i: int, n: int) -> None:
    """Write an episode's name and day to the left, its change and verdict to the right."""
    canvas, unit = stack.canvas, stack.heights[0] / n
    middle = stack.top(0) - (i + 0.5) * unit
    is_tall = unit >= 0.9 * _ROW
    names = wrap(str(row["label"]), canvas.left - PAD - 8, 7.0, max_lines=_lines_in(unit))
    upper, lower = (middle + 1.4, middle - 6.6) if is_tall else (middle - 2.4, 0.0)
    x, more = canvas.left - 8, 4.2 * (len(names) - 1)
    for k, name in enumerate(names):
        y = upper + more - 8.4 * k
        canvas.write(x, y, name, ha="right", fontsize=7, color=INK, gid="episode")
    if is_tall:
        canvas.write(x, lower - more, days_of(row), ha="right", color=MUTED, gid="day")
    x = canvas.left + canvas.inner_width + 8
    told, is_seen = told_change(row), row["verdict"] in SEEN
    dress = {"color": INK if is_seen else MUTED, "fontweight": "bold" if is_seen else "normal"}
    if told and is_tall:
        canvas.write(x, upper, told, color=INK, gid="value")
        canvas.write(x, lower, wording.say(row["verdict"]), gid="verdict", **dress)
    elif told:
        canvas.write(x, upper, told, gid="value", **dress)
    else:
        canvas.write(x, middle - 2.4, wording.say(row["verdict"]), gid="verdict", **dress)
        _say_reason(stack, row, i, unit, _lines_in(unit) + is_tall)


def _lines_in(unit: float) -> int:
    """Return the lines that a name may take beside its day."""
    return 2 if unit >= 0.95 * _TALL_ROW else 1


def _say_reason(stack: Stack, row: dict[Any, Any], i: int, unit: float, n_lines: int) -> None:
    canvas = stack.canvas
    lines = _fitting(str(row["reason"]), canvas.inner_width - 6, n_lines)
    top = stack.top(0) - (i + 0.5) * unit + (len(lines) - 2) * 4.0
    for k, line in enumerate(lines):
        canvas.write(
            canvas.left + canvas.inner_width / 2,
            top + 1.4 - k * 8.0,
            line,
            ha="center",
            color=MUTED,
            bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 0.6},
            gid="reason",
        )


def _fitting(reason: str, width: float, n_lines: int) -> list[str]:
    """Break a reason into lines; where there is no room, what it adds is left out, not cut."""
    if len(wrap(reason, width, SMALLEST, max_lines=n_lines + 1)) > n_lines:
        # Only what is added holds no name of an episode, which may have semicolons of its own.
        clause, _, added = reason.rpartition("; ")
        reason = clause or added
    return wrap(reason, width, SMALLEST, max_lines=n_lines)


def _name_ends(stack: Stack) -> None:
    canvas, y = stack.canvas, stack.bottoms[0] - 20.5
    middle = canvas.left + canvas.inner_width / 2
    for x, text, align in (
        (middle - 6, wording.say("colder"), "right"),
        (middle + 6, wording.say("warmer"), "left"),
    ):
        canvas.write(x, y, text, ha=align, color=MUTED, gid="end")
    canvas.line([middle, middle], [y - 1, y + 6], color=FAINT)


def forest_caption(
    result: EpisodesResult, direction: str = BILATERAL, ax: Axes | None = None
) -> FigureCaption:
    """Return the caption of `plot_forest`.

    Parameters
    ----------
    result : EpisodesResult
        The changes.
    direction : str, default "bilateral"
        As drawn.
    ax : Axes, optional
        As `plot_forest` returned it; default: all episodes are drawn.

    Returns
    -------
    FigureCaption
        Title, caption and alternative text, from the numbers of the chart.
    """
    rows = result.direction(direction)
    # A row is one unit high.
    n = len(rows) if ax is None or rows.empty else round(ax.get_ylim()[0])
    return FigureCaption(
        wording.say("Changes at all episodes, {direction}", direction=what_of(result, direction)),
        forest_note(result, rows, n),
        wording.say(
            "A row per episode with its change and interval, degrees. {found}. {episodes}",
            found=forest_title(rows),
            episodes=told_episodes(most_told(rows, min(n, 20))),
        ).strip(),
    )
