"""The one look of all figures: shipped fonts, style file, colours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path

import matplotlib.style
from matplotlib.backend_bases import RendererBase
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager, ttfFontProperty, weight_dict
from matplotlib.ft2font import FT2Font
from matplotlib.textpath import TextToPath

from detente._fonts import FONT_FAMILY, FONT_FILES, font_folder
from detente._fonts.further import Face, further_faces

__all__ = [
    "COLD",
    "DARK",
    "FAINT",
    "FAMILY",
    "FIRST",
    "GRID",
    "INK",
    "MUTED",
    "PAPER",
    "SECOND",
    "SMALLEST",
    "WARM",
    "ThemedFigure",
    "style_file",
    "text_width",
    "theme",
    "tone_colours",
]

#: Name of the shipped fonts inside matplotlib. It differs from the family's own name, so
#: that a copy of another release on the reader's machine cannot take its place.
FAMILY = f"{FONT_FAMILY} (detente)"

#: Weight of headings, as fonts have it.
_BOLD = 700

#: Points; the smallest text of any figure at print size.
SMALLEST = 6.5

#: Mark of a figure that was turned to light on dark.
DARK = "dark"

INK = "#1f2328"
MUTED = "#59626c"
FAINT = "#c3c9cf"
GRID = "#e6e9ec"
PAPER = "#ffffff"

#: The sides have colours of their own, so that no side looks warm or cold by its colour.
#: The dyad's first direction: light in greyscale, round marks.
FIRST = "#2a9d8f"
#: The dyad's second direction: dark in greyscale, square marks.
SECOND = "#5b2a86"

#: Ends of the scale of tone. Blue and orange differ for every common colour blindness, and
#: the cold end is much the darker one, so that the two part in greyscale too.
COLD = "#12376b"
WARM = "#d9730d"
_NEUTRAL = "#f4f2ee"

_measure = TextToPath()


def style_file() -> Path:
    """Return the style file, for use in one's own figures.

    Returns
    -------
    Path
        A matplotlib style file. It names a font that is known once `theme` was entered.

    Examples
    --------
    >>> style_file().name
    'detente.mplstyle'
    """
    return Path(__file__).with_name("detente.mplstyle")


@contextmanager
def theme() -> Iterator[None]:
    """Draw in the look of detente; afterwards all settings are as they were.

    Yields
    ------
    None
        Inside the block matplotlib's defaults and the style file hold, whatever the
        user's own settings are.

    Examples
    --------
    >>> import matplotlib
    >>> before = matplotlib.rcParams["font.size"]
    >>> with theme():
    ...     matplotlib.rcParams["font.family"]
    ['Noto Sans (detente)']
    >>> matplotlib.rcParams["font.size"] == before
    True
    """
    _register_fonts()
    # Whether a notebook shows a new figure is not a matter of looks: it holds inside, and
    # stays on where loading pyplot's backend inside has turned it on.
    interactive = matplotlib.is_interactive()
    with matplotlib.style.context(style_file(), after_reset=True):
        matplotlib.interactive(interactive)
        matplotlib.rcParams["font.family"] = _families()
        yield
        interactive = matplotlib.is_interactive()
    matplotlib.interactive(interactive)


class ThemedFigure(Figure):
    """A figure that keeps its look wherever it is drawn: in a notebook, by its own `savefig`.

    Some settings count when text is drawn, not when it is made; under others letters stand
    apart and a line runs out of the figure.

    Examples
    --------
    >>> from matplotlib.backends.backend_agg import FigureCanvasAgg
    >>> FigureCanvasAgg(ThemedFigure()).draw()
    """

    def draw(self, renderer: RendererBase) -> None:
        """Draw the figure in the look of detente."""
        with theme():
            super().draw(renderer)


def _register_fonts() -> None:
    files = {str(font_folder() / name): FAMILY for name in FONT_FILES}
    files |= {str(face.path): _name_of(face) for face in further_faces()}
    known = {(entry.fname, entry.name) for entry in fontManager.ttflist}
    new = [
        replace(ttfFontProperty(FT2Font(path)), name=name)
        for path, name in files.items()
        if (path, name) not in known
    ]
    # A family without a bold face is set in its own face, without a warning for each heading.
    weights = [float(weight_dict.get(str(entry.weight), entry.weight)) for entry in new]
    bold = {entry.name for entry, weight in zip(new, weights, strict=True) if weight >= _BOLD}
    fontManager.ttflist += new
    fontManager.ttflist += [replace(entry, weight=_BOLD) for entry in new if entry.name not in bold]


def _name_of(face: Face) -> str:
    return f"{face.family} (detente)"


def _families() -> list[str]:
    """Return the families in the order in which a glyph is looked for."""
    return [FAMILY, *dict.fromkeys(map(_name_of, further_faces()))]


def tone_colours() -> LinearSegmentedColormap:
    """Return the diverging scale of tone, cold blue over pale to warm orange.

    Returns
    -------
    LinearSegmentedColormap
        0 is the hostile end, 0.5 neutral, 1 the cordial end.

    Examples
    --------
    >>> tone_colours().name
    'detente tone'
    """
    steps = [COLD, "#5f8dbf", _NEUTRAL, "#f3b56a", WARM]
    return LinearSegmentedColormap.from_list("detente tone", steps)


@cache
def text_width(text: str, size: float, weight: str = "normal") -> float:
    """Measure text in the shipped font.

    Parameters
    ----------
    text : str
        One line.
    size : float
        Points.
    weight : {"normal", "bold"}, default "normal"
        Face.

    Returns
    -------
    float
        Width in points, the same on every machine and for every output.

    Examples
    --------
    >>> text_width("Ankara", 14) > text_width("Ankara", 7) > 0
    True
    """
    _register_fonts()
    font = FontProperties(family=_families(), size=size, weight=weight)
    return float(_measure.get_text_width_height_descent(text, font, False)[0])
