"""Charts for paper, for slides and on dark, in the width of a page or of a column."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.collections import Collection
from matplotlib.colors import same_color, to_hex, to_rgb, to_rgba
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Text

from detente import wording
from detente.errors import BadArgumentError, did_you_mean
from detente.figures.layout import new_axes
from detente.figures.page import COLUMN_WIDTH, PAGE_WIDTH, wide
from detente.figures.theme import (
    COLD,
    DARK,
    FAINT,
    FIRST,
    GRID,
    INK,
    MUTED,
    PAPER,
    SECOND,
    WARM,
    theme,
)

__all__ = [
    "DARK_COLOURS",
    "DARK_INK",
    "DARK_PAPER",
    "SIZES",
    "STYLES",
    "check_style",
    "dark_of",
    "draw_in_style",
    "on_dark",
]

#: Looks of a chart.
STYLES = ("paper", "slide", "dark")

#: Name of a width -> points.
SIZES = {"page": PAGE_WIDTH, "column": COLUMN_WIDTH}

#: Inches of slides, widest shape first; a chart that fits none is as high as it needs.
_SLIDES = ((8.0, 4.5), (8.0, 6.0))
#: A chart is not pressed to less than this share of the height that it has by itself.
_LEAST = 0.75
#: Points; what a journal's column holds, a chart with its legend.
_COLUMN_HEIGHT = 9.5 * 72

#: Colours on paper -> on dark; greys are turned around.
DARK_COLOURS = {FIRST: "#6fd6c6", SECOND: "#9d74dc", COLD: "#5b93e0", WARM: "#f2a24d"}
DARK_PAPER, DARK_INK = "#14181c", "#eceff1"
#: Colours with less between their channels count as grey.
_GREY = 0.11

#: What stands on the colours of the scale of tone keeps them.
_CELL, _ON_CELLS = "cell", frozenset({"index", "n", "count"})


def check_style(style: str, size: str = "page") -> None:
    """Complain of an unknown style or size.

    Parameters
    ----------
    style : str
        One of `STYLES`.
    size : str, default "page"
        One of `SIZES`.

    Raises
    ------
    BadArgumentError
        For any other, or a slide as narrow as a column.
    """
    for name, value, known in (("style", style, STYLES), ("size", size, tuple(SIZES))):
        if value not in known:
            raise BadArgumentError(
                f"Charts have no {name} {value!r}.",
                remedy=did_you_mean(str(value), known) or f"Use {wording.listing(known)}.",
            )
    if style == "slide" and size != "page":
        raise BadArgumentError(
            f"A slide has a size of its own; size={size!r} was received.",
            remedy="Leave the size out, or use the style paper or dark.",
        )


def draw_in_style(
    draw: Callable[..., Axes], style: str = "paper", size: str = "page", **options: Any
) -> Axes:
    """Draw a chart in a style and width.

    Parameters
    ----------
    draw : callable
        Takes `ax` and the options and returns the Axes, as `plot_x` with its result bound does.
    style : {"paper", "slide", "dark"}, default "paper"
        "slide" is 8 by 4.5 inches, or 8 by 6 where the chart has more to show, so that its
        letters can be read from afar; "dark" has light letters on dark.
    size : {"page", "column"}, default "page"
        7.2 inches, or 89 mm, wide and as high as the chart needs; not for a slide.
    **options
        Passed on.

    Returns
    -------
    Axes
        As drawn.

    Raises
    ------
    BadArgumentError
        For an unknown style or size.

    Examples
    --------
    >>> from functools import partial
    >>> import pandas as pd
    >>> from detente.figures import plot_calendar
    >>> from detente.index import monthly_index
    >>> scored = pd.DataFrame({
    ...     "date": pd.to_datetime(["2015-10-05", "2015-10-09", "2015-12-02", "2015-12-03"]),
    ...     "source": ["RUS", "TUR", "RUS", "TUR"], "target": ["TUR", "RUS", "TUR", "RUS"],
    ...     "speaker": ["A", "B", "A", "C"], "tone": [0.5, 0.1, -0.6, -0.2]})
    >>> ax = draw_in_style(partial(plot_calendar, monthly_index(scored)), size="column")
    >>> round(ax.figure.get_size_inches()[0] * 25.4)
    89
    """
    check_style(style, size)
    if style == "slide":
        return _draw_slide(draw, options)
    with wide(SIZES[size], _COLUMN_HEIGHT if size == "column" else None):
        ax = draw(**options)
    return on_dark(ax) if style == "dark" else ax


def _draw_slide(draw: Callable[..., Axes], options: dict[str, Any]) -> Axes:
    from matplotlib import pyplot

    width, height = _SLIDES[-1]
    # A chart that has to show less does so only where it would be pressed too much.
    with wide(width * 72, height * 72 / _LEAST):
        ax = draw(**options)
    own = float(ax.get_figure(root=True).get_size_inches()[1])  # type: ignore[union-attr]
    for slide in _SLIDES:
        # What would be pressed, or drawn out, too much keeps the height that it has by itself.
        if _LEAST * own <= slide[1] <= own / _LEAST:
            try:
                fitted = draw(ax=new_axes(*slide), **options)
            except BadArgumentError:
                continue
            pyplot.close(ax.get_figure(root=True))
            return fitted
    return ax


def on_dark(ax: Axes) -> Axes:
    """Turn the whole figure of a chart to light on dark.

    Parameters
    ----------
    ax : Axes
        A chart as drawn; its figure is changed, and `save_figure` keeps its background.

    Returns
    -------
    Axes
        The same.

    Notes
    -----
    Greys are turned around, the colours of the sides and of cold and warm become lighter ones
    that differ as much; the scale of tone, and what stands on it, stays.
    """
    figure = ax.get_figure(root=True)
    if figure is None or figure.get_gid() == DARK:
        return ax
    with theme():
        _turn(figure)
    figure.set_gid(DARK)
    return ax


def _turn(figure: Figure) -> None:
    # Ticks are made anew as a figure is drawn: they are told by their settings.
    ticks = {
        id(part)
        for axis in figure.findobj(Axis)
        for tick in (*axis.get_major_ticks(), *axis.get_minor_ticks())
        for part in tick.findobj()
    }
    for axes in figure.findobj(Axes):
        has_cells = any(patch.get_gid() == _CELL for patch in axes.patches)
        kept = {id(patch) for patch in axes.patches if patch.get_gid() == _CELL}
        if has_cells:
            kept |= {id(text) for text in axes.texts if text.get_gid() in _ON_CELLS}
        ticks |= kept
        axes.tick_params(
            which="both",
            labelcolor=dark_of(MUTED),
            color=dark_of(FAINT),
            grid_color=dark_of(GRID),
        )
    for artist in figure.findobj(lambda one: id(one) not in ticks):
        _turn_artist(artist)


def _turn_artist(artist: Artist) -> None:
    # All is read before any is set: a mark or an edge may follow the colour of its line or face.
    if isinstance(artist, Line2D):
        line, face = dark_of(artist.get_color()), dark_of(artist.get_markerfacecolor())
        edge = dark_of(artist.get_markeredgecolor())
        artist.set_color(line)
        artist.set_markerfacecolor(face)
        artist.set_markeredgecolor(edge)
    elif isinstance(artist, Text):
        artist.set_color(dark_of(artist.get_color()))
        behind = artist.get_bbox_patch()
        if behind is not None:
            _turn_artist(behind)
    elif isinstance(artist, Collection):
        faces, edges = artist.get_facecolor(), artist.get_edgecolor()
        alpha = artist.get_alpha()
        artist.set_facecolor(_all_dark(faces))
        if not isinstance(edges, str):
            artist.set_edgecolor(_all_dark(edges))
        artist.set_alpha(alpha)
    elif isinstance(artist, Patch):
        face, edge, hatch = artist.get_facecolor(), artist.get_edgecolor(), artist.get_hatch()
        artist.set_facecolor(dark_of(face))
        artist.set_edgecolor(dark_of(edge))
        if hatch:
            artist.set_hatchcolor(dark_of(edge))


def _all_dark(colours: Any) -> list[Any]:
    return [to_rgba(dark_of(tuple(colour))) for colour in colours]


def dark_of(colour: Any) -> Any:
    """Return what a colour on paper becomes on dark.

    Parameters
    ----------
    colour : colour
        As matplotlib takes it.

    Returns
    -------
    tuple or str
        Red, green, blue and the same alpha; "none" and "auto" stay, and what cannot be seen is
        "none".
    """
    if isinstance(colour, str) and colour.lower() in ("none", "auto"):
        return colour
    red, green, blue, alpha = to_rgba(colour)
    if alpha == 0:
        # With a colour it would be seen as soon as its artist has an alpha of its own.
        return "none"
    rgb = (red, green, blue)
    for paper, dark in DARK_COLOURS.items():
        if same_color(to_hex(rgb), paper):
            return (*to_rgb(dark), alpha)
    if max(rgb) - min(rgb) > _GREY:
        return (*rgb, alpha)
    low, high = np.mean(to_rgb(INK)), np.mean(to_rgb(PAPER))
    place = float(np.clip((np.mean(rgb) - low) / (high - low), 0, 1))
    mixed = (1 - place) * np.array(to_rgb(DARK_INK)) + place * np.array(to_rgb(DARK_PAPER))
    return (*mixed.tolist(), alpha)
