"""Charts of the relations index and of what was asked of it: a result in, an Axes out."""

from detente.figures.bias import plot_bias
from detente.figures.breaks import plot_breaks
from detente.figures.calendar import plot_calendar
from detente.figures.captions import FigureCaption, figure_captions, write_caption
from detente.figures.findings import FindingFigure, finding_figures
from detente.figures.forecast import plot_forecast
from detente.figures.forest import plot_forest
from detente.figures.index import plot_index
from detente.figures.layout import new_axes
from detente.figures.leadlag import plot_lead_lag
from detente.figures.moves import plot_moves
from detente.figures.regimes import plot_regimes
from detente.figures.robustness import plot_robustness
from detente.figures.save import FORMATS, save_figure
from detente.figures.sides import plot_sides
from detente.figures.statements import plot_statements
from detente.figures.styles import SIZES, STYLES, check_style, draw_in_style, on_dark
from detente.figures.theme import style_file, theme
from detente.figures.validity import plot_validity
from detente.figures.voices import plot_voices
from detente.figures.windows import plot_episodes

__all__ = [
    "FORMATS",
    "SIZES",
    "STYLES",
    "FigureCaption",
    "FindingFigure",
    "check_style",
    "draw_in_style",
    "figure_captions",
    "finding_figures",
    "new_axes",
    "on_dark",
    "plot_bias",
    "plot_breaks",
    "plot_calendar",
    "plot_episodes",
    "plot_forecast",
    "plot_forest",
    "plot_index",
    "plot_lead_lag",
    "plot_moves",
    "plot_regimes",
    "plot_robustness",
    "plot_sides",
    "plot_statements",
    "plot_validity",
    "plot_voices",
    "save_figure",
    "style_file",
    "theme",
    "write_caption",
]
