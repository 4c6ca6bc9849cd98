"""Panels in rows and columns: small multiples. All lengths are points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from matplotlib.axes import Axes

from detente.figures.layout import Canvas, dress, make_canvas
from detente.figures.panels import Sheet
from detente.figures.typography import PAD

__all__ = ["EVENT_LINES", "Grid", "Place", "plan_grid"]

#: Lines below a panel at most.
EVENT_LINES = 3

#: A panel is at least so wide, and as high, at most and at least.
_WIDTH, _HEIGHT, _LOWEST = 132.0, 58.0, 34.0
_HEADING, _LETTERS, _TICKS, _LINE = 27.0, 10.0, 12.0, 7.8
#: All rows together stay on a page where nobody says how high they may be.
_PAGE = 700.0
_SCALE, _BETWEEN, _AFTER = 24.0, 12.0, 7.0


class _Told(Protocol):
    def told_events(self, width: float) -> tuple[int, list[str]]:
        """Return how many events get a letter, and lines of text."""
        ...


@dataclass(frozen=True)
class Place:
    """A panel in its place.

    Parameters
    ----------
    ax : Axes
        The panel.
    left, bottom : float
        Its lower left corner in the box.
    width, height : float
        Its size.
    letters : float
        What is kept free above it for letters.
    """

    ax: Axes
    left: float
    bottom: float
    width: float
    height: float
    letters: float = _LETTERS


@dataclass(frozen=True)
class Grid:
    """Sizes of panels in rows and columns.

    Parameters
    ----------
    n : int
        Panels.
    n_columns : int
        Columns.
    width, height : float
        Of a panel.
    below : tuple of float
        Of each row: what stands below its panels.
    """

    n: int
    n_columns: int
    width: float
    height: float
    below: tuple[float, ...]

    @property
    def total(self) -> float:
        """Height of all rows."""
        return sum(_HEADING + _LETTERS + self.height + below for below in self.below)

    def is_first_column(self, i: int) -> bool:
        """Tell whether a panel stands at the left edge."""
        return i % self.n_columns == 0

    def place(self, sheet: Sheet) -> tuple[Canvas, list[Place]]:
        """Place the panels and write header and footer.

        Parameters
        ----------
        sheet : Sheet
            The box.

        Returns
        -------
        canvas : Canvas
            The first panel in its box.
        places : list of Place
            From left to right and from top to bottom.
        """
        heads = sum(block.height for block in sheet.head)
        height = sheet.height or heads + self.total + sheet.foot.height + 2 * PAD
        top = height - PAD - heads
        left = PAD + _SCALE
        bottom = top - _HEADING - _LETTERS - self.height
        canvas = make_canvas(
            sheet.ax,
            sheet.width,
            height,
            left=left,
            right=sheet.width - left - self.width,
            bottom=bottom,
            inner_height=self.height,
        )
        places = []
        for i in range(self.n):
            row, column = divmod(i, self.n_columns)
            above = sum(_HEADING + _LETTERS + self.height + below for below in self.below[:row])
            x = left + column * (self.width + _BETWEEN)
            y = bottom - above
            ax = canvas.ax
            if i:
                ax = canvas.ax.inset_axes(
                    (
                        (x - left) / self.width,
                        (y - bottom) / self.height,
                        1,
                        1,
                    )
                )
                dress(ax)
            places.append(Place(ax, x, y, self.width, self.height))
        sheet.write(canvas)
        return canvas, places


def plan_grid(
    told: Sequence[_Told], width: float, offered: float | None, most: float = _PAGE
) -> Grid | None:
    """Decide how many columns there are, and how high panels are.

    Parameters
    ----------
    told : sequence
        A panel's content each; says what text stands below it.
    width : float
        Of the box.
    offered : float or None
        Height for all rows; None where they may be as high as they need.
    most : float, default 700
        What all rows may take then.

    Returns
    -------
    Grid or None
        None where there is no room for so many panels.
    """
    if not told:
        return None
    room = width - 2 * PAD - _SCALE
    n_most = max(1, int((room + _BETWEEN) // (_WIDTH + _BETWEEN)))
    n_columns = min(n_most, max(len(told), min(n_most, 2)))
    own = (room + _BETWEEN) / n_columns - _BETWEEN
    lines = [len(one.told_events(own)[1]) for one in told]
    below = tuple(
        _TICKS + max(lines[k : k + n_columns]) * _LINE + _AFTER
        for k in range(0, len(told), n_columns)
    )
    fixed = sum(_HEADING + _LETTERS + one for one in below)
    height = _HEIGHT if offered is None else (offered - fixed) / len(below)
    grid = Grid(len(told), n_columns, own, min(height, 3 * _HEIGHT), below)
    is_too_high = offered is None and len(told) > 1 and grid.total > min(most, _PAGE)
    return None if height < _LOWEST or is_too_high else grid
