"""Where things stand on a figure: one box, its header and footer, its panels.

All lengths are points (1/72 inch). Text hangs on the main Axes at offsets in points, and
further panels are its children, so that a figure stays whole when the Axes is moved.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.text import Annotation

from detente import wording
from detente.errors import BadArgumentError
from detente.figures.theme import FAINT, FAMILY, GRID, INK, MUTED, SMALLEST, ThemedFigure, theme
from detente.figures.typography import PAD, Block, wrap

__all__ = [
    "Canvas",
    "degrees_axis",
    "dress",
    "make_canvas",
    "new_axes",
    "room",
    "say",
]

#: Names of the ends of the scale, and points beside a panel for them.
_ENDS = (wording.mark("all cordial"), wording.mark("all hostile"))
_BESIDE = 45.0


@dataclass(frozen=True)
class Canvas:
    """A main Axes inside its box.

    Parameters
    ----------
    ax : Axes
        The main Axes.
    width, height : float
        Points; the box.
    left, bottom : float
        Points; the lower left corner of the main Axes inside the box.
    inner_width, inner_height : float
        Points; size of the main Axes.
    """

    ax: Axes
    width: float
    height: float
    left: float
    bottom: float
    inner_width: float
    inner_height: float

    def write(self, x: float, y: float, text: str, **style: Any) -> Annotation:
        """Write text at points from the lower left corner of the box."""
        return self.ax.annotate(
            text,
            (0, 0),
            xycoords="axes fraction",
            xytext=(x - self.left, y - self.bottom),
            textcoords="offset points",
            annotation_clip=False,
            **{"fontsize": SMALLEST, "va": "baseline", "zorder": 6, **style},
        )

    def write_block(self, block: Block, top: float) -> float:
        """Write a block from a height downwards; return the height below it."""
        y = top
        for line in block.lines:
            y -= block.leading
            self.write(
                PAD,
                y + block.size * 0.3,
                line,
                fontsize=block.size,
                fontweight=block.weight,
                color=block.colour,
            )
        return top - block.height

    def line(self, x: Sequence[float], y: Sequence[float], **style: Any) -> None:
        """Draw a line or marks at points from the lower left corner of the box."""
        self.ax.plot(
            [(at - self.left) / self.inner_width for at in x],
            [(at - self.bottom) / self.inner_height for at in y],
            transform=self.ax.transAxes,
            scalex=False,
            scaley=False,
            **{"clip_on": False, "linewidth": 0.6, "zorder": 2, **style},
        )

    def panel(self, bottom: float, height: float) -> Axes:
        """Add a panel of the main Axes' width, from points above the bottom of the box."""
        child = self.ax.inset_axes(
            (0, (bottom - self.bottom) / self.inner_height, 1, height / self.inner_height)
        )
        child.set_xlim(self.ax.get_xlim())
        dress(child)
        return child

    def frame(self, head: Sequence[Block], foot: Block, is_example: bool) -> None:
        """Write header and footer, and the watermark where example rows remain."""
        y = self.height - PAD
        for block in head:
            y = self.write_block(block, y)
        self.write_block(foot, PAD + foot.height)
        if is_example:
            self._watermark()

    def _watermark(self) -> None:
        """Write across the whole box that the data are an example."""
        size = min(self.width / 9.5, self.height / 4)
        self.ax.annotate(
            wording.say("EXAMPLE DATA"),
            (0, 0),
            xycoords="axes fraction",
            xytext=(self.width / 2 - self.left, self.height / 2 - self.bottom),
            textcoords="offset points",
            annotation_clip=False,
            ha="center",
            va="center",
            rotation=20,
            fontsize=size,
            fontweight="bold",
            color=INK,
            alpha=0.13,
            zorder=50,
            gid="watermark",
        )


def dress(ax: Axes) -> None:
    """Give an Axes the plain frame of all panels, also one made under other settings.

    Parameters
    ----------
    ax : Axes
        A panel.
    """
    for side, spine in ax.spines.items():
        spine.set_visible(side == "bottom")
        spine.set_color(FAINT)
        spine.set_linewidth(0.6)
    ax.set_axisbelow(True)
    ax.patch.set_alpha(0)
    ax.tick_params(which="both", labelfontfamily=FAMILY, labelcolor=MUTED, color=FAINT)
    ax.tick_params(which="both", labelsize=7, grid_color=GRID, grid_linewidth=0.6, left=False)


def degrees_axis(ax: Axes, *, named: bool) -> None:
    """Set the fixed scale of -100 to +100 degrees.

    Parameters
    ----------
    ax : Axes
        A panel.
    named : bool
        Whether the ends are named; a low panel has no room for that.
    """
    ax.set_ylim(-100, 100)
    # A name that is wider than the room beside the panel takes a second line, inwards, and the
    # place of the number there.
    ends = [wrap(wording.say(name), _BESIDE, SMALLEST, max_lines=2) for name in _ENDS]
    has_room = named and max(len(lines) for lines in ends) == 1
    ticks = (-100, -50, 0, 50, 100) if has_room else (-100, 0, 100)
    ax.set_yticks(ticks, [wording.degrees(tick) for tick in ticks])
    ax.axhline(0, color=MUTED, linewidth=0.7, zorder=1.2, gid="zero")
    if not named:
        return
    for y, lines, shift in ((100, ends[0], -11.5), (-100, ends[1], 6.5)):
        more = 8.0 * (len(lines) - 1) if y > 0 else 0.0
        ax.annotate(
            "\n".join(lines),
            (0, y),
            xycoords=("axes fraction", "data"),
            xytext=(-4, shift - more),
            textcoords="offset points",
            ha="right",
            annotation_clip=False,
            fontsize=SMALLEST,
            color=MUTED,
            gid="end",
        )


def say(ax: Axes, text: str) -> None:
    """Say in an empty panel why it is empty.

    Parameters
    ----------
    ax : Axes
        A panel.
    text : str
        The reason.
    """
    ax.text(
        0.5,
        0.58,
        text,
        transform=ax.transAxes,
        ha="center",
        va="bottom",
        color=MUTED,
        fontsize=7.5,
        gid="nothing",
    )


def room(ax: Axes | None) -> tuple[float, float] | None:
    """Return the width and height in points that a given Axes offers; None without one.

    Parameters
    ----------
    ax : Axes or None
        An Axes that is alone in its figure offers the whole figure; one among others
        offers its own place.

    Returns
    -------
    tuple of float or None
        Width and height, points.

    Raises
    ------
    BadArgumentError
        Where `ax` is no plain Axes of a figure.
    """
    if ax is None:
        return None
    if not isinstance(ax, Axes) or ax.name != "rectilinear":
        raise BadArgumentError(
            f"ax={ax!r} was received; a plain matplotlib Axes is needed.",
            remedy="Leave ax out, or pass one Axes of plt.subplots().",
        )
    width, height = _figure_size(ax)
    if _is_alone(ax):
        return width, height
    place = ax.get_position(original=True)
    return float(place.width * width), float(place.height * height)


def _is_alone(ax: Axes) -> bool:
    return len(ax.figure.axes) == 1


def _figure_size(ax: Axes) -> tuple[float, float]:
    """Return width and height in points of the figure, or subfigure, that holds an Axes."""
    box, scale = ax.figure.bbox, 72 / ax.figure.dpi
    return float(box.width * scale), float(box.height * scale)


def new_axes(width: float = 7.2, height: float = 4.6) -> Axes:
    """Return an Axes in a figure that pyplot does not know.

    Parameters
    ----------
    width, height : float
        Inches.

    Returns
    -------
    Axes
        For programs that draw many figures: nothing has to be closed, and no window or
        notebook cell shows it.

    Examples
    --------
    >>> new_axes().figure.get_size_inches().tolist()
    [7.2, 4.6]
    """
    with theme():
        return ThemedFigure(figsize=(width, height)).add_axes((0, 0, 1, 1))


def make_canvas(
    ax: Axes | None,
    width: float,
    height: float,
    *,
    left: float,
    right: float,
    bottom: float,
    inner_height: float,
    smallest: float = 30.0,
) -> Canvas:
    """Place the main Axes inside its box; margins are points.

    Parameters
    ----------
    ax : Axes or None
        None makes a figure of the size of the box.
    width, height : float
        Points; the box, as `room` gave it where there is an Axes.
    left, right, bottom : float
        Points kept free around the main Axes.
    inner_height : float
        Points; height of the main Axes.
    smallest : float, default 30
        Points; a lower main Axes is refused.

    Returns
    -------
    Canvas
        With an Axes in the plain frame of all panels.

    Raises
    ------
    BadArgumentError
        Where the Axes is too small for a legible chart.
    """
    inner_width = width - left - right
    if inner_width < 60 or inner_height < smallest:
        raise BadArgumentError(
            f"The Axes offers {width / 72:.1f} by {height / 72:.1f} inches, which is too small "
            "for a legible chart.",
            remedy="Pass a larger Axes, or leave ax out.",
        )
    if ax is None:
        # The one place where pyplot is touched: a notebook shows such a figure by itself.
        from matplotlib import pyplot

        figure = pyplot.figure(figsize=(width / 72, height / 72), FigureClass=ThemedFigure)
        ax = figure.add_axes((left / width, bottom / height, inner_width / width, 1))
        origin = (0.0, 0.0)
    elif _is_alone(ax):
        origin = (0.0, 0.0)
    else:
        place = ax.get_position(original=True)
        origin = (float(place.x0), float(place.y0))
    full_width, full_height = _figure_size(ax)
    ax.set_position(
        (
            origin[0] + left / full_width,
            origin[1] + bottom / full_height,
            inner_width / full_width,
            inner_height / full_height,
        )
    )
    dress(ax)
    return Canvas(ax, width, height, left, bottom, inner_width, inner_height)
