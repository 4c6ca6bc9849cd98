"""Panels one below the other: their places between header and footer, and their headings.

All lengths are points (1/72 inch).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes

from detente._fonts import visible
from detente.figures.layout import Canvas, make_canvas, room
from detente.figures.page import has_foot, page_width
from detente.figures.theme import INK, MUTED, PAPER
from detente.figures.typography import PAD, Block, header, is_example, shorten, source_line, wrap

__all__ = ["Frame", "Sheet", "Stack", "name_panel", "say_why"]

_NAME_SIZE = 7.0


@dataclass(frozen=True)
class Stack:
    """Panels that are in their places.

    Parameters
    ----------
    canvas : Canvas
        The upper panel in its box.
    panels : tuple of Axes
        From top to bottom; all but the first are children of the first.
    bottoms, heights : tuple of float
        Points from the bottom of the box to each panel, and its height.
    """

    canvas: Canvas
    panels: tuple[Axes, ...]
    bottoms: tuple[float, ...]
    heights: tuple[float, ...]

    def top(self, i: int) -> float:
        """Return points from the bottom of the box to the upper edge of a panel."""
        return self.bottoms[i] + self.heights[i]


@dataclass(frozen=True)
class Sheet:
    """A box with its header and footer, before anything is drawn.

    Parameters
    ----------
    ax : Axes or None
        What was handed in.
    width : float
        Points.
    height : float or None
        Points; None where the panels say how high the box is.
    head : tuple of Block
        Title and subtitle.
    foot : Block
        Notes and source.
    is_example : bool
        Whether "EXAMPLE DATA" is written across the box.
    """

    ax: Axes | None
    width: float
    height: float | None
    head: tuple[Block, ...]
    foot: Block
    is_example: bool

    @property
    def taken(self) -> float:
        """Points of the height that header, footer and the edges take."""
        return sum(block.height for block in self.head) + self.foot.height + 2 * PAD

    def write(self, canvas: Canvas) -> None:
        """Write header and footer.

        Parameters
        ----------
        canvas : Canvas
            The box.
        """
        canvas.frame(self.head, self.foot, self.is_example)

    def place(
        self,
        heights: Sequence[float],
        above: Sequence[float],
        *,
        left: float,
        right: float,
        below: float,
        smallest: float = 30.0,
        n_firm: int = 0,
    ) -> Stack:
        """Place panels and write header and footer.

        Parameters
        ----------
        heights : sequence of float
            Points; height of each panel from top to bottom, in the same ratio where the box
            has another height.
        above : sequence of float
            Points kept free above each panel, for its heading.
        left, right, below : float
            Points kept free beside the panels and below the last.
        smallest : float, default 30
            Points; a lower first panel is refused.
        n_firm : int, default 0
            So many of the last panels keep their height in a box of any height.

        Returns
        -------
        Stack
            The panels.
        """
        fixed = self.taken + below + sum(above)
        height = fixed + sum(heights) if self.height is None else self.height
        n_soft = len(heights) - n_firm
        firm = sum(heights[n_soft:])
        share = (height - fixed - firm) / sum(heights[:n_soft])
        sizes = [share * size for size in heights[:n_soft]] + list(heights[n_soft:])
        bottoms = [PAD + self.foot.height + below]
        for size, gap in zip(sizes[:0:-1], above[:0:-1], strict=True):
            bottoms.append(bottoms[-1] + size + gap)
        bottoms.reverse()
        canvas = make_canvas(
            self.ax,
            self.width,
            height,
            left=left,
            right=right,
            bottom=bottoms[0],
            inner_height=sizes[0],
            smallest=smallest,
        )
        children = zip(bottoms[1:], sizes[1:], strict=True)
        panels = (canvas.ax, *(canvas.panel(bottom, size) for bottom, size in children))
        self.write(canvas)
        return Stack(canvas, panels, tuple(bottoms), tuple(sizes))


@dataclass(frozen=True)
class Frame:
    """What every chart is told beside its numbers.

    Parameters
    ----------
    title : str or None
        Printed in place of the chart's own; empty prints none.
    source : str
        Where the statements come from.
    notices : sequence of str
        What every output has to carry.
    ax : Axes or None
        Where the chart goes; None for a figure of its own.
    """

    title: str | None
    source: str
    notices: Sequence[str]
    ax: Axes | None

    @property
    def width(self) -> float:
        """Points; the whole box."""
        given = room(self.ax)
        return given[0] if given else page_width()

    def sheet(self, title: str, subtitle: str, note: str) -> Sheet:
        """Plan the box of a chart: its width, header and footer.

        Parameters
        ----------
        title, subtitle : str
            What the chart itself would be called, and the line below.
        note : str
            How to read the marks.

        Returns
        -------
        Sheet
            The plan.
        """
        given = room(self.ax)
        text = title if self.title is None else self.title
        foot = source_line(self.source, self.notices, self.width, note)
        return Sheet(
            self.ax,
            self.width,
            given[1] if given else None,
            header(text, subtitle, self.width),
            foot if has_foot() else Block((), foot.size),
            is_example(self.notices),
        )


def name_panel(
    canvas: Canvas,
    y: float,
    text: str,
    *,
    colour: str = INK,
    marker: str = "",
    x: float | None = None,
    weight: str = "bold",
) -> None:
    """Write what a panel shows above it, with the mark that it is drawn with.

    Parameters
    ----------
    canvas : Canvas
        The box.
    y : float
        Points from the bottom of the box to the upper edge of the panel.
    text : str
        Any text; cut to the width of the panel.
    colour : str
        Of the mark.
    marker : str
        Shape of the mark; "" for none.
    x : float, optional
        Points from the left of the box; default: the left edge of the panel.
    weight : {"bold", "normal"}, default "bold"
        Face.
    """
    at = canvas.left if x is None else x
    if marker:
        canvas.line([at + 3], [y + 7.4], color=colour, marker=marker, markersize=3.6)
        at += 9
    width = canvas.width - PAD - at
    canvas.write(
        at,
        y + 5,
        shorten(visible(text), width, _NAME_SIZE, weight),
        fontsize=_NAME_SIZE,
        fontweight=weight,
        color=INK,
        gid="panel",
    )


def say_why(canvas: Canvas, ax: Axes, text: str) -> None:
    """Say in an empty panel why it is empty, in as many lines as it takes.

    Parameters
    ----------
    canvas : Canvas
        The box.
    ax : Axes
        The panel, as wide as the main one.
    text : str
        The reason.
    """
    ax.text(
        0.5,
        0.5,
        "\n".join(wrap(text, canvas.inner_width - 8, 7.5, max_lines=5)),
        transform=ax.transAxes,
        ha="center",
        va="center",
        color=MUTED,
        fontsize=7.5,
        linespacing=1.3,
        bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 1.5},
        zorder=5,
        gid="nothing",
    )
