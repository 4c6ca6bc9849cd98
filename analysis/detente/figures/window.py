"""One small panel: what was said around one episode."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba

from detente import wording
from detente._fonts import visible
from detente.figures.changes import SEEN, TESTED, days_of, told_row
from detente.figures.curve import BAND, draw_dots, months_of
from detente.figures.dates import day_numbers
from detente.figures.expected import expected_level
from detente.figures.grid import EVENT_LINES, Place
from detente.figures.layout import Canvas
from detente.figures.marks import spread_out
from detente.figures.theme import FAINT, FIRST, GRID, INK, MUTED, SECOND, SMALLEST, text_width
from detente.figures.typography import shorten, wrap
from detente.index import BILATERAL, IndexResult
from detente.inference import EpisodesResult
from detente.inference.rows import Rows

__all__ = ["Window", "draw_window", "events_of", "window_of"]

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_LETTER = 6.5


@dataclass(frozen=True)
class Window:
    """What a panel shows; days are counted from the first day of the episode.

    Parameters
    ----------
    row : dict
        The episode's row of the table.
    reach : int
        Days before and after.
    statements : DataFrame
        `days`, `tone` (degrees), `is_first` (who speaks).
    months : DataFrame
        Raw months as `months_of` gives them, `x` in days.
    level : DataFrame
        As of `expected_level`, `day` in days; empty where the episode was not tested.
    events : DataFrame
        `days`, `label` and `is_episode` of others, in order of time.
    """

    row: dict[Any, Any]
    reach: int
    statements: pd.DataFrame
    months: pd.DataFrame
    level: pd.DataFrame
    events: pd.DataFrame

    def told_events(self, width: float) -> tuple[int, list[str]]:
        """Return how many events get a letter, and their names in lines of a width.

        Other episodes, then those nearest to the first day are named; the others are counted.
        """
        for n in range(min(len(self.events), len(_LETTERS)), 0, -1):
            named = self.named(n)
            parts = [
                f"{_LETTERS[i]} {visible(str(label))}" for i, label in enumerate(named["label"])
            ]
            rest = len(self.events) - n
            if rest:
                parts.append(wording.say("{n} more", n=wording.number(rest)))
            lines = _filled(parts, width)
            if len(lines) <= EVENT_LINES or n == 1:
                return n, lines[:EVENT_LINES]
        return 0, []

    def named(self, n: int) -> pd.DataFrame:
        """Return other episodes, then the events nearest to the first day, in order of time."""
        # The steps of other episodes are seen in the line: they are to be named before all.
        far = self.events.assign(far=self.events["days"].abs(), is_other=~self.events["is_episode"])
        order = far.sort_values(["is_other", "far"], kind="stable").index[:n]
        named: pd.DataFrame = self.events.loc[sorted(order)]
        return named


def _filled(parts: list[str], width: float) -> list[str]:
    """Return parts in lines; a part begins on a line of its own where it would be broken."""
    lines: list[str] = []
    for i, part in enumerate(parts):
        told = part + "," * (i + 1 < len(parts))
        both = f"{lines[-1]} {told}" if lines else told
        if lines and text_width(both, SMALLEST) <= width:
            lines[-1] = both
        else:
            lines += wrap(told, width, SMALLEST, max_lines=EVENT_LINES)
    return lines


def events_of(result: EpisodesResult, row: dict[Any, Any]) -> pd.DataFrame:
    """Return other listed events within 30 days and other episodes in the window.

    Parameters
    ----------
    result : EpisodesResult
        The changes.
    row : dict
        A row of its table.

    Returns
    -------
    DataFrame
        `days` from the first day, `label` and `is_episode`, in order of time.
    """
    near = result.context[result.context["episode"].eq(row["episode"])]
    near = near[~near["headline"].astype(bool)][["days", "label"]].assign(is_episode=False)
    others = result.direction(BILATERAL)
    others = others[others["episode"].ne(row["episode"])]
    days = (others["first_day"] - row["first_day"]).dt.days
    found = pd.DataFrame({"days": days, "label": others["label"], "is_episode": True})
    both = pd.concat([near, found[days.abs() <= result.window]], ignore_index=True)
    both["days"] = both["days"].astype("int64")
    kept = both[both["days"].abs() <= result.window]
    table: pd.DataFrame = kept.sort_values("days", kind="stable").reset_index(drop=True)
    return table


def window_of(
    result: EpisodesResult,
    index: IndexResult,
    rows: Rows,
    scored: pd.DataFrame,
    row: dict[Any, Any],
    events: pd.DataFrame,
) -> Window:
    """Gather what a panel shows.

    Parameters
    ----------
    result : EpisodesResult
        The changes.
    index : IndexResult
        The index.
    rows : Rows
        The statements that the changes were estimated from.
    scored : DataFrame
        The statements, also those that were left out.
    row : dict
        The episode's row of the table.
    events : DataFrame
        As of `events_of`.

    Returns
    -------
    Window
        With days counted from the first day of the episode.
    """
    first, reach = row["first_day"], result.window
    own = scored[
        scored["tone"].notna()
        & (
            (scored["source"].eq(result.dyad.a) & scored["target"].eq(result.dyad.b))
            | (scored["source"].eq(result.dyad.b) & scored["target"].eq(result.dyad.a))
        )
    ]
    days = (own["date"].dt.normalize() - first).dt.days
    statements = pd.DataFrame(
        {"days": days, "tone": 100 * own["tone"], "is_first": own["source"].eq(result.dyad.a)}
    )[days.abs() <= reach]
    zero = float(day_numbers(pd.DatetimeIndex([first]))[0])
    months = months_of(index, BILATERAL)
    months = months.assign(x=months["x"] - zero)
    months = months[months["x"].abs() <= reach]
    is_tested = row["verdict"] in TESTED
    level = expected_level(result, rows, row["episode"]) if is_tested else pd.DataFrame()
    if len(level):
        start = int(np.datetime64(first, "D").astype("int64"))
        level = level.assign(day=level["day"] - start)
    return Window(row, reach, statements, months, level, events)


def draw_window(canvas: Canvas, place: Place, window: Window, *, has_scale: bool) -> Axes:
    """Draw a panel with its heading, and the names of other events below it.

    Parameters
    ----------
    canvas : Canvas
        The box.
    place : Place
        Where the panel stands.
    window : Window
        What it shows.
    has_scale : bool
        Whether degrees are written to its left.

    Returns
    -------
    Axes
        The panel.
    """
    ax, row = place.ax, window.row
    reach = window.reach
    ax.set_xlim(-reach, reach)
    ax.set_ylim(-100, 100)
    ticks = [-reach, 0, reach]
    ax.set_xticks(ticks, [wording.degrees(t) for t in ticks])
    aligned: tuple[Literal["left", "center", "right"], ...] = ("left", "center", "right")
    for label, align in zip(ax.get_xticklabels(), aligned, strict=True):
        label.set_horizontalalignment(align)
        label.set_fontsize(SMALLEST)
    degrees = (-100, 0, 100)
    ax.set_yticks(degrees, [wording.degrees(t) if has_scale else "" for t in degrees])
    ax.tick_params(axis="x", length=2, pad=1.5)
    ax.yaxis.grid(True, color=GRID, linewidth=0.6)
    ax.axhline(0, color=MUTED, linewidth=0.5, zorder=1.2)
    ax.axvline(0, color=INK, linewidth=0.8, zorder=1.5, gid="first day")
    _statements(ax, window.statements)
    draw_dots(ax, window.months, INK, "o", 1.9, "month", is_faint=False)
    for dots in ax.collections:
        if str(dots.get_gid()).startswith("month"):
            # What stands behind them shows through; an alpha of the whole would hide it.
            dots.set_alpha(None)
            dots.set_edgecolor(INK)
            is_hollow = str(dots.get_gid()).endswith("hollow")
            dots.set_facecolor("none" if is_hollow else to_rgba(INK, 0.22))
            dots.set_linewidth(0.8)
    if len(window.level):
        _level(ax, window.level)
    _heading(canvas, place, row)
    _events(canvas, place, window)
    return ax


def _statements(ax: Axes, statements: pd.DataFrame) -> None:
    for is_first, colour, marker in ((True, FIRST, "o"), (False, SECOND, "s")):
        some = statements[statements["is_first"].eq(is_first)]
        ax.plot(
            some["days"],
            some["tone"],
            linestyle="none",
            marker=marker,
            markersize=1.9,
            markeredgewidth=0,
            color=colour,
            alpha=0.8,
            clip_on=False,
            zorder=1.8,
            gid="statement",
        )


def _level(ax: Axes, level: pd.DataFrame) -> None:
    for _, some in level.groupby("stretch"):
        ax.fill_between(
            some["day"],
            some["lower"].clip(-100, 100),
            some["upper"].clip(-100, 100),
            color=BAND,
            linewidth=0,
            zorder=1,
            gid="interval",
        )
        ax.plot(some["day"], some["level"], color=INK, linewidth=1.3, zorder=4, gid="level")
    later = level[level["without"].notna()]
    # Steps of other episodes break the dashed line too.
    gap = later["stretch"].diff().fillna(0).ne(0).to_numpy()
    x, y = later["day"].to_numpy("float64"), later["without"].to_numpy("float64")
    at = np.flatnonzero(gap)
    ax.plot(
        np.insert(x, at, np.nan),
        np.insert(y, at, np.nan),
        color=INK,
        linewidth=0.9,
        linestyle=(0, (2.2, 1.4)),
        zorder=3.6,
        gid="without",
    )


def _heading(canvas: Canvas, place: Place, row: dict[Any, Any]) -> None:
    y = place.bottom + place.height + place.letters
    name = shorten(visible(str(row["label"])), place.width, 7.0, "bold")
    canvas.write(
        place.left, y + 18.5, name, fontsize=7, fontweight="bold", color=INK, gid="episode"
    )
    canvas.write(place.left, y + 10.5, days_of(row), color=MUTED, gid="day")
    told = told_row(row)
    is_seen = row["verdict"] in SEEN
    canvas.write(
        place.left,
        y + 2.5,
        shorten(told, place.width, SMALLEST, "bold" if is_seen else "normal"),
        color=INK if is_seen else MUTED,
        fontweight="bold" if is_seen else "normal",
        gid="value",
    )


def _events(canvas: Canvas, place: Place, window: Window) -> None:
    """Mark other events at the upper edge, and name them below the panel."""
    n, lines = window.told_events(place.width)
    for day in window.events["days"]:
        place.ax.axvline(day, color=FAINT, linewidth=0.6, zorder=0.7, gid="other")
    named = window.named(n) if n else window.events.iloc[:0]
    x = [(day + window.reach) / (2 * window.reach) * place.width for day in named["days"]]
    places = spread_out(x, _LETTER, place.width)
    top = place.bottom + place.height
    if places is not None:
        for i, (at, to) in enumerate(zip(x, places, strict=True)):
            canvas.line(
                [place.left + at, place.left + to], [top, top + 2.5], color=FAINT, gid="leader"
            )
            canvas.write(
                place.left + to, top + 3.2, _LETTERS[i], ha="center", color=MUTED, gid="letter"
            )
    y = place.bottom - 11.5
    for line in lines:
        y -= 7.8
        canvas.write(place.left, y, line, color=MUTED, gid="others")
