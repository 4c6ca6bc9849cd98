"""Episodes on a time axis: planned before the figure has a size, then drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from numpy.typing import NDArray

from detente import wording
from detente._fonts import visible
from detente.errors import BadArgumentError
from detente.figures.dates import TimeAxis, day_numbers
from detente.figures.layout import Canvas
from detente.figures.marks import Flag, place_flags, spread_out
from detente.figures.theme import FAINT, INK, MUTED, SMALLEST, text_width
from detente.figures.typography import PAD, balance, shorten, wrap

__all__ = ["EpisodePlan", "plan_episodes"]

_SIZE = SMALLEST
_LINE = 8.3
#: Widths that the flags' texts are broken to; the one that takes the least height is used.
_WIDTHS = (110.0, 84.0, 66.0, 54.0, 44.0)
_MAX_LINES = 3
#: A longer label is broken from the left instead of into lines of equal length.
_MOST_WORDS = 15
_MAX_HEIGHT = 100.0
_MAX_FLAGS = 24
_NUMBER = 11.0
_KEY_ROW = 9.2
_KEY_COLUMN = 165.0


@dataclass(frozen=True)
class EpisodePlan:
    """How the episodes of a period are marked, with the room that it takes.

    Parameters
    ----------
    mode : {"none", "flags", "numbers", "poles"}
        Text flags, numbers with a key, or poles alone where even numbers find no room.
    days : array of float
        Day numbers, ascending, of the episodes within the period.
    labels : tuple of str
        Visible labels in the same order, uncut.
    flags : tuple of Flag
        Places of the texts, for flags.
    texts : tuple of tuple of str
        The flags' texts in lines, long ones cut.
    row_tops : tuple of float
        Points above the main panel; upper end of each row of flags.
    places : array of float
        Points of the numbers, for numbers.
    key_width : float
        Points that a key may take.
    names : tuple of str
        First days in words.
    """

    mode: Literal["none", "flags", "numbers", "poles"]
    days: NDArray[np.float64]
    labels: tuple[str, ...]
    names: tuple[str, ...]
    axis: TimeAxis
    key_width: float
    n_rows: int = 0
    flags: tuple[Flag, ...] = ()
    texts: tuple[tuple[str, ...], ...] = ()
    row_tops: tuple[float, ...] = ()
    places: NDArray[np.float64] = field(default_factory=lambda: np.empty(0))

    @property
    def height(self) -> float:
        """Points above the main panel."""
        return {
            "none": 0.0,
            "flags": (self.row_tops or (0.0,))[-1] + 2,
            "numbers": self.n_rows * _NUMBER + 12,
            "poles": 4.0,
        }[self.mode]

    @property
    def key_height(self) -> float:
        """Points below the panels, for the key of the numbers."""
        return self._key_rows * _KEY_ROW + 7 if self.mode == "numbers" else 0.0

    @property
    def _key_columns(self) -> int:
        return max(1, int(self.key_width // _KEY_COLUMN))

    @property
    def _key_rows(self) -> int:
        return -(-len(self.labels) // self._key_columns)

    @property
    def note(self) -> str:
        """What the footer says of the episodes; empty where labels say it."""
        if self.mode != "poles":
            return ""
        told = wording.say_count(
            "{n} episode: a thin line without a label.",
            "{n} episodes: thin lines without a label.",
            len(self.days),
        )
        return f" {told}"

    def without_labels(self) -> EpisodePlan:
        """Return the plan with poles alone, for an Axes with little height."""
        return self if self.mode == "none" else replace(self, mode="poles")

    def draw(
        self, canvas: Canvas, panels: Sequence[Axes], top: float, key_top: float, lift: float = 0.0
    ) -> None:
        """Draw poles through the panels, labels above `top` and the key below `key_top`.

        Parameters
        ----------
        canvas : Canvas
            The figure's box.
        panels : sequence of Axes
            Panels that the poles run through.
        top : float
            Points from the bottom of the box; upper end of the main panel.
        key_top : float
            Points from the bottom of the box; where the key of numbers begins.
        lift : float, default 0
            Points between `top` and the lowest label, for a heading in between.
        """
        thickness = 0.6 if self.mode == "flags" else 0.4
        for panel in panels:
            for day in self.days:
                panel.axvline(day, color=FAINT, linewidth=thickness, zorder=0.6, gid="pole")
        x = self.axis.points(self.days)
        if self.mode == "flags":
            for at, lines, flag in zip(x, self.texts, self.flags, strict=True):
                upper = top + lift + self.row_tops[flag.row]
                self._leader(canvas, [(at, top), (at, upper - 1)])
                for i, line in enumerate(lines):
                    canvas.write(
                        canvas.left + (flag.start if flag.side == "right" else flag.end),
                        upper - (i + 1) * _LINE + 2,
                        line,
                        ha="left" if flag.side == "right" else "right",
                        fontsize=_SIZE,
                        color=INK,
                        gid="episode label",
                    )
        elif self.mode == "numbers":
            for i, (at, place) in enumerate(zip(x, self.places, strict=True)):
                height = top + lift + 12 + (i % self.n_rows) * _NUMBER
                self._leader(
                    canvas,
                    [(at, top), (at, top + lift + 2), (place, top + lift + 9), (place, height)],
                )
                canvas.write(
                    canvas.left + place,
                    height + _NUMBER / 2,
                    wording.number(i + 1),
                    ha="center",
                    va="center_baseline",
                    color=INK,
                    gid="episode number",
                )
            self._draw_key(canvas, key_top)

    def _leader(self, canvas: Canvas, corners: Sequence[tuple[float, float]]) -> None:
        """Draw a leader; corners are points right of the axes and above the box."""
        x, y = zip(*corners, strict=True)
        canvas.line([canvas.left + at for at in x], y, color=FAINT, gid="leader")

    def _draw_key(self, canvas: Canvas, top: float) -> None:
        step = self.key_width / self._key_columns
        for i, (label, name) in enumerate(zip(self.labels, self.names, strict=True)):
            column, row = divmod(i, self._key_rows)
            x, y = PAD + column * step, top - (row + 1) * _KEY_ROW
            canvas.write(x + 11, y, wording.number(i + 1), ha="right", color=MUTED)
            day = f", {name}"
            room = step - 20 - text_width(day, SMALLEST)
            canvas.write(
                x + 14, y, shorten(label, room, SMALLEST) + day, color=INK, gid="episode key"
            )


def plan_episodes(episodes: pd.DataFrame | None, axis: TimeAxis, key_width: float) -> EpisodePlan:
    """Decide how the episodes of a period are marked.

    Parameters
    ----------
    episodes : DataFrame or None
        Columns `first_day` and `label` at least, as `detente.events.episodes_table` gives
        them. Episodes outside the period are passed over.
    axis : TimeAxis
        The period and the width of the panel.
    key_width : float
        Points that a key of numbers may take.

    Returns
    -------
    EpisodePlan
        Flags where they fit in a few rows, else numbers, else poles.

    Raises
    ------
    BadArgumentError
        Where the columns are missing.
    """
    days, labels, names = _within(episodes, axis)

    plan = EpisodePlan("none", days, labels, names, axis, key_width)
    if not len(days):
        return plan
    x = axis.points(days)
    if len(days) <= _MAX_FLAGS:
        tried = [_with_flags(plan, list(x), width) for width in _WIDTHS]
        fitting = [p for p in tried if p is not None and p.height <= _MAX_HEIGHT]
        if fitting:
            return min(fitting, key=lambda p: p.height)
    for n_rows in (1, 2):
        places = spread_out(list(x), (_NUMBER + 1) / n_rows, axis.width)
        if places is not None:
            return replace(plan, mode="numbers", places=places, n_rows=n_rows)
    return replace(plan, mode="poles")


def _with_flags(plan: EpisodePlan, x: list[float], width: float) -> EpisodePlan | None:
    longest = min(0.45 * plan.axis.width, width)
    texts = tuple(_broken(label, longest) for label in plan.labels)
    widths = [max(text_width(line, _SIZE) for line in lines) for lines in texts]
    flags = place_flags(x, widths, plan.axis.width)
    if flags is None:
        return None
    # A row is as high as its longest text.
    n_rows = 1 + max(flag.row for flag in flags)
    n_lines = [
        max(len(lines) for lines, flag in zip(texts, flags, strict=True) if flag.row == row)
        for row in range(n_rows)
    ]
    tops = np.cumsum([n * _LINE + 2.5 for n in n_lines]) + 2
    return replace(
        plan,
        mode="flags",
        flags=tuple(flags),
        texts=texts,
        n_rows=n_rows,
        row_tops=tuple(float(at) for at in tops),
    )


def _broken(label: str, width: float) -> tuple[str, ...]:
    """Break a label into the fewest lines of at most a width; cut what still does not fit."""
    if len(label.split()) > _MOST_WORDS:
        return tuple(wrap(label, width, _SIZE, max_lines=_MAX_LINES))
    for n in range(1, _MAX_LINES):
        lines = balance(label, 1e6, _SIZE, n)
        if max(text_width(line, _SIZE) for line in lines) <= width:
            return lines
    # A word of its own may be wider than a narrow flag; a label is rather wide than cut.
    widest = max(width, 0.6 * _WIDTHS[0])
    lines = balance(label, 1e6, _SIZE, _MAX_LINES)
    if max(text_width(line, _SIZE) for line in lines) <= widest:
        return lines
    return tuple(wrap(label, widest, _SIZE, max_lines=_MAX_LINES))


def _within(
    episodes: pd.DataFrame | None, axis: TimeAxis
) -> tuple[NDArray[np.float64], tuple[str, ...], tuple[str, ...]]:
    """Return day numbers, labels and first days in words, ascending, of the period."""
    if episodes is None:
        return np.empty(0), (), ()
    missing = [name for name in ("first_day", "label") if name not in episodes]
    if missing:
        raise BadArgumentError(
            f"episodes has no column {wording.listing([repr(name) for name in missing])}.",
            remedy="Pass the table of detente.events.episodes_table.",
        )
    rows = episodes[episodes["first_day"].notna()].sort_values("first_day", kind="stable")
    days = day_numbers(rows["first_day"])
    inside = axis.holds(days)
    labels = rows["label"].fillna("").astype(str)
    names = [wording.day_name(day) for day in rows["first_day"]]
    return (
        days[inside],
        tuple(visible(label).strip() for label in labels[inside]),
        tuple(name for name, is_in in zip(names, inside, strict=True) if is_in),
    )
