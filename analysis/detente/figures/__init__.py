"""Charts of the relations index: a result in, an Axes out."""

from detente.figures.calendar import plot_calendar
from detente.figures.captions import FigureCaption, figure_captions
from detente.figures.index import plot_index
from detente.figures.layout import new_axes
from detente.figures.save import FORMATS, save_figure
from detente.figures.statements import plot_statements
from detente.figures.theme import style_file, theme
from detente.figures.validity import plot_validity

__all__ = [
    "FORMATS",
    "FigureCaption",
    "figure_captions",
    "new_axes",
    "plot_calendar",
    "plot_index",
    "plot_statements",
    "plot_validity",
    "save_figure",
    "style_file",
    "theme",
]
