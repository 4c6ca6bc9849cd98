"""Labels of events above a panel: as many rows as it takes, and no two on top of each other.

A label is a flag: a pole at the event's day and the text beside its top. Where there are
too many for that, numbers in evenly spread places take over, with a key below the figure,
and beyond that the poles alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import isotonic_regression

__all__ = ["Flag", "place_flags", "spread_out"]

#: Points between a pole and its text, and between two texts in a row.
GAP = 2.0
_APART = 5.0
#: Points between a text and the pole of another label.
_CLEAR = 2.0


@dataclass(frozen=True)
class Flag:
    """Place of one label.

    Parameters
    ----------
    row : int
        0 is the lowest.
    side : {"right", "left"}
        On which side of its pole the text stands.
    start, end : float
        Points; ends of the text.
    """

    row: int
    side: Literal["right", "left"]
    start: float
    end: float


def place_flags(x: Sequence[float], widths: Sequence[float], room: float) -> list[Flag] | None:
    """Find rows and sides so that no text meets another text or a pole.

    Parameters
    ----------
    x : sequence of float
        Points of the poles, 0 to `room`, in any order.
    widths : sequence of float
        Points; width of each text, at most half of `room`.
    room : float
        Points; width of the panel.

    Returns
    -------
    list of Flag or None
        In the order of `x`; None where there is no such arrangement with the sides tried.

    Notes
    -----
    A text that a pole crosses has to stand above that pole's own text. Two beginnings are
    tried, texts to the right of their poles and to the left, as far as there is room; then
    single texts change sides as long as that lowers the pile.

    Examples
    --------
    >>> [(flag.row, flag.side) for flag in place_flags([10, 20, 95], [30, 30, 30], 100)]
    [(1, 'right'), (0, 'right'), (0, 'left')]
    """
    if not x:
        return []
    starts = [_sides(x, widths, room, prefers_right=prefers) for prefers in (True, False)]
    found = [
        (rows, sides)
        for sides in starts
        if _is_inside(x, widths, sides, room) and (rows := _rows(x, widths, sides)) is not None
    ]
    if not found:
        return None
    best, right = min(found, key=lambda pair: (max(pair[0]), sum(pair[0])))
    is_better = True
    while is_better and max(best) > 0:
        is_better = False
        for i in sorted(range(len(x)), key=lambda k: -best[k]):
            end = x[i] + GAP + widths[i] if not right[i] else x[i] - GAP - widths[i]
            if not 0 <= end <= room:
                continue
            tried = [*right[:i], not right[i], *right[i + 1 :]]
            rows = _rows(x, widths, tried)
            if rows is not None and (max(rows), sum(rows)) < (max(best), sum(best)):
                right, best, is_better = tried, rows, True
    return [
        Flag(row, "right" if is_right else "left", *_span(at, width, is_right))
        for row, is_right, at, width in zip(best, right, x, widths, strict=True)
    ]


def _sides(
    x: Sequence[float], widths: Sequence[float], room: float, *, prefers_right: bool
) -> list[bool]:
    """Choose sides one by one, from the end that the texts point to.

    Two texts that point at each other and reach each other's poles would each have to
    stand above the other; the later choice gives way.
    """
    sides: dict[int, bool] = {}
    for i in sorted(range(len(x)), key=lambda k: -x[k] if prefers_right else x[k]):
        side = prefers_right
        start, end = _span(x[i], widths[i], side)
        is_locked = any(
            other != side
            and _meets((start, end), x[j])
            and _meets(_span(x[j], widths[j], other), x[i])
            for j, other in sides.items()
        )
        if not (start >= 0 and end <= room) or is_locked:
            side = not side
        sides[i] = side
    return [sides[i] for i in range(len(x))]


def _span(x: float, width: float, is_right: bool) -> tuple[float, float]:
    return (x + GAP, x + GAP + width) if is_right else (x - GAP - width, x - GAP)


def _meets(span: tuple[float, float], pole: float) -> bool:
    # Texts stand GAP beside their own poles; a pole nearer than that is as good as its own.
    return span[0] - GAP / 2 < pole < span[1] + _CLEAR


def _is_inside(
    x: Sequence[float], widths: Sequence[float], right: Sequence[bool], room: float
) -> bool:
    spans = [_span(*flag) for flag in zip(x, widths, right, strict=True)]
    return all(start >= 0 and end <= room for start, end in spans)


def _rows(x: Sequence[float], widths: Sequence[float], right: Sequence[bool]) -> list[int] | None:
    """Return the lowest row of each flag, or None where flags wait for each other."""
    n = len(x)
    spans = [_span(*flag) for flag in zip(x, widths, right, strict=True)]
    below = [
        {j for j in range(n) if j != i and _meets(spans[i], x[j]) and x[j] != x[i]}
        for i in range(n)
    ]
    rows: dict[int, int] = {}
    while len(rows) < n:
        ready = [i for i in range(n) if i not in rows and below[i] <= rows.keys()]
        if not ready:
            return None
        i = min(ready, key=lambda k: (-x[k], k))
        row = 1 + max((rows[j] for j in below[i]), default=-1)
        while any(
            rows[j] == row
            and spans[i][0] < spans[j][1] + _APART
            and spans[j][0] < spans[i][1] + _APART
            for j in rows
        ):
            row += 1
        rows[i] = row
    return [rows[i] for i in range(n)]


def spread_out(x: Sequence[float], apart: float, room: float) -> NDArray[np.float64] | None:
    """Move places as little as possible until neighbours are far enough apart.

    Parameters
    ----------
    x : sequence of float
        Points, ascending.
    apart : float
        Points between neighbours at least.
    room : float
        Points; places stay between half of `apart` and `room` minus half of it.

    Returns
    -------
    array of float or None
        Places in the same order; None where there is not enough room.

    Notes
    -----
    With steps i * apart taken off, the task is isotonic regression, solved exactly; a
    monotone sequence stays monotone when it is clipped to the room.

    Examples
    --------
    >>> spread_out([50, 50, 50], 10, 100).round(6).tolist()
    [40.0, 50.0, 60.0]
    """
    n = len(x)
    if n * apart > room:
        return None
    if n == 0:
        return np.empty(0)
    assert all(a <= b for a, b in pairwise(x))
    steps = np.arange(n) * apart
    level = np.asarray(isotonic_regression(np.asarray(x, dtype="float64") - steps).x)
    return np.clip(level, apart / 2, room - apart / 2 - steps[-1]) + steps
