"""Months by years: the bilateral means as a heat map with their counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.patches import Rectangle

from detente import wording
from detente._checks import needs
from detente.countries import country_in_text
from detente.figures.dates import month_names
from detente.figures.layout import Canvas, make_canvas
from detente.figures.panels import Frame
from detente.figures.theme import INK, MUTED, PAPER, SMALLEST, text_width, theme, tone_colours
from detente.figures.typography import PAD
from detente.index import BILATERAL, MAX_HALF_WIDTH, MIN_OCCASIONS, IndexResult, is_thin

__all__ = ["plot_calendar"]

_LEFT, _RIGHT = 34.0, 8.0
_BAR = 30.0
_MONTHS = 16.0
_HATCH = "#d0d5da"
#: Points of a cell that holds a number, of one that holds two, and of its height.
_NUMBER, _NUMBERS, _LINE = 20.0, 34.0, 9.0
#: Side of a mark in a cell without numbers that would not be bold there.
_SMALL = 0.5


def plot_calendar(
    result: IndexResult,
    *,
    title: str | None = None,
    source: str = "",
    notices: Sequence[str] = (),
    ax: Axes | None = None,
) -> Axes:
    """Draw the monthly means of both sides as a calendar: a row per year, a column per month.

    Parameters
    ----------
    result : IndexResult
        The index, degrees.
    title : str, optional
        Default: what is shown, with the countries.
    source : str, optional
        Where the statements come from.
    notices : sequence of str, optional
        What every output has to carry.
    ax : Axes, optional
        Default: a new figure, 7.2 inches wide and as high as the years need.

    Returns
    -------
    Axes
        The calendar; the colour bar is its child.

    Raises
    ------
    BadArgumentError
        Where `ax` is too small or no plain Axes.

    Notes
    -----
    Each cell gives the raw mean of the month, which is not smoothed, and, smaller, the number
    of statements. The sign is printed, so that cold and warm are told apart without colour. A
    month in which one side alone spoke has no mean of both: it is hatched and gives the code of
    that side. A month
    without statements is hatched and empty. Cells too small for legible numbers have none.

    Examples
    --------
    >>> import pandas as pd
    >>> from detente.figures import new_axes
    >>> from detente.index import monthly_index
    >>> scored = pd.DataFrame({
    ...     "date": pd.to_datetime(["2015-10-05", "2015-10-09", "2015-12-02", "2015-12-03"]),
    ...     "source": ["RUS", "TUR", "RUS", "TUR"], "target": ["TUR", "RUS", "TUR", "RUS"],
    ...     "speaker": ["A", "B", "A", "C"], "tone": [0.5, 0.1, -0.6, -0.2]})
    >>> ax = plot_calendar(monthly_index(scored, ("RUS", "TUR")), ax=new_axes())
    >>> [text.get_text() for text in ax.texts if text.get_gid() == "index"]
    ['+30', '−40']
    """
    needs(result, IndexResult, "result", "detente.monthly_index")
    with theme():
        return _draw(result, Frame(title, source, notices, ax))


def _draw(result: IndexResult, frame: Frame) -> Axes:
    years = range(result.months[0].year, result.months[-1].year + 1)
    has_values, has_counts = _told(result, frame, len(years))
    note = _note(result) if has_counts else _short_note(has_values)
    sheet = frame.sheet(*_titles(result, has_counts), note)
    fixed = sheet.taken + _MONTHS + _BAR
    row = float(np.clip(420 / len(years), 12.0, 19.0))
    height = fixed + row * len(years) if sheet.height is None else sheet.height
    foot = PAD + sheet.foot.height
    canvas = make_canvas(
        frame.ax,
        sheet.width,
        height,
        left=_LEFT,
        right=_RIGHT,
        bottom=foot + _BAR,
        inner_height=max(height - fixed, row if sheet.height is None else 0),
        smallest=10,
    )
    _axes(canvas, years)
    for month in _cells(result).itertuples():
        _cell(canvas.ax, month, has_values, has_counts)
    _colour_bar(canvas, foot)
    sheet.write(canvas)
    return canvas.ax


def _told(result: IndexResult, frame: Frame, n_years: int) -> tuple[bool, bool]:
    """Return whether cells have room for their value, and for their count beside it."""
    sheet = frame.sheet(*_titles(result, has_counts=True), _note(result))
    width = (sheet.width - _LEFT - _RIGHT) / 12
    is_high = (
        sheet.height is None or (sheet.height - sheet.taken - _MONTHS - _BAR) / n_years >= _LINE
    )
    return is_high and width >= _NUMBER, is_high and width >= _NUMBERS


def _cells(result: IndexResult) -> pd.DataFrame:
    """Return a row per month: value, counts, who spoke alone, whether it is thin."""
    rows = result.direction(BILATERAL)
    first, second = (result.direction(name)["n_statements"] for name in result.dyad.directions)
    alone = np.where(second == 0, result.dyad.a, np.where(first == 0, result.dyad.b, ""))
    return pd.DataFrame(
        {
            "x": rows["month"].dt.month - 1,
            "y": rows["month"].dt.year,
            "value": rows["raw"],
            "n": rows["n_statements"],
            "alone": alone,
            "thin": is_thin(rows),
        }
    )


def _axes(canvas: Canvas, years: range) -> None:
    ax = canvas.ax
    ax.set_xlim(0, 12)
    ax.set_ylim(years[-1] + 1, years[0])
    ax.set_xticks(np.arange(12) + 0.5, month_names(canvas.inner_width / 12 - 1))
    ax.xaxis.tick_top()
    ax.tick_params(axis="x", length=0, pad=2)
    step = next(s for s in (1, 2, 5, 10, 20, 50, 100) if s * canvas.inner_height / len(years) >= 9)
    shown = [year for year in years if year % step == 0 or len(years) == 1]
    ax.set_yticks([year + 0.5 for year in shown], [str(year) for year in shown])
    for spine in ax.spines.values():
        spine.set_visible(False)


def _cell(ax: Axes, month: Any, has_values: bool, has_counts: bool) -> None:
    corner = (month.x, month.y)
    if np.isnan(month.value):
        ax.add_patch(
            Rectangle(
                corner,
                1,
                1,
                facecolor=PAPER,
                edgecolor=_HATCH,
                hatch="/////",
                linewidth=0,
                gid="empty",
            )
        )
        _frame(ax, corner, PAPER)
        if month.n and has_counts:
            ax.text(
                month.x + 0.5,
                month.y + 0.5,
                f"{month.alone} {wording.number(month.n)}",
                ha="center",
                va="center_baseline",
                fontsize=SMALLEST,
                color=MUTED,
                bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 1.0},
                gid="one side",
            )
        return
    colour = to_rgb(tone_colours()(0.5 + month.value / 200))
    side = _SMALL if month.thin and not has_values else 1
    start = (month.x + (1 - side) / 2, month.y + (1 - side) / 2)
    ax.add_patch(Rectangle(start, side, side, facecolor=colour, linewidth=0, gid="cell"))
    _frame(ax, corner, PAPER)
    ink = readable_on(colour)
    if has_values:
        ax.text(
            month.x + (0.56 if has_counts else 0.5),
            month.y + 0.5,
            wording.degrees(month.value),
            ha="right" if has_counts else "center",
            va="center_baseline",
            fontsize=7.2,
            color=ink,
            fontweight="normal" if month.thin else "bold",
            gid="index",
        )
        if has_counts:
            ax.text(
                month.x + 0.94,
                month.y + 0.5,
                wording.number(month.n),
                ha="right",
                va="center_baseline",
                fontsize=SMALLEST,
                color=ink,
                gid="n",
            )


def _frame(ax: Axes, corner: tuple[float, float], colour: str) -> None:
    ax.add_patch(Rectangle(corner, 1, 1, fill=False, edgecolor=colour, linewidth=1.2))


def readable_on(colour: tuple[float, float, float]) -> str:
    """Return dark or white ink, whichever stands out more from a colour."""
    paper = luminance(colour)
    light = (1.05) / (paper + 0.05)
    dark = (paper + 0.05) / (luminance(to_rgb(INK)) + 0.05)
    return PAPER if light > dark else INK


def luminance(colour: tuple[float, float, float]) -> float:
    """Return the relative luminance of a colour, 0 black to 1 white (WCAG 2)."""
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _colour_bar(canvas: Canvas, bottom: float) -> None:
    """Draw the scale with named ends, and the hatching with its meaning."""
    width = min(170.0, 0.42 * canvas.inner_width)
    hostile, cordial = wording.say("all hostile"), wording.say("all cordial")
    # Names of the ends are longer in some languages than in English.
    left = max(canvas.left + 58, PAD + text_width(hostile, SMALLEST) + 5)
    rest = canvas.width - PAD - left - text_width(cordial, SMALLEST) - 5
    width = min(width, max(rest, 60.0))
    bar = canvas.ax.inset_axes(
        (
            (left - canvas.left) / canvas.inner_width,
            (bottom + 14 - canvas.bottom) / canvas.inner_height,
            width / canvas.inner_width,
            7 / canvas.inner_height,
        )
    )
    bar.imshow(
        np.linspace(0, 1, 256)[None, :],
        cmap=tone_colours(),
        aspect="auto",
        extent=(-100, 100, 0, 1),
        interpolation="nearest",
    )
    bar.set_yticks([])
    ticks = (-100, -50, 0, 50, 100)
    bar.set_xticks(ticks, [wording.degrees(tick) for tick in ticks])
    bar.tick_params(axis="x", length=0, pad=1.5, labelsize=SMALLEST, labelcolor=MUTED)
    for spine in bar.spines.values():
        spine.set_visible(False)
    y = bottom + 15.5
    canvas.write(left - 5, y, hostile, ha="right", color=MUTED, gid="end")
    canvas.write(left + width + 5, y, cordial, color=MUTED, gid="end")


def _titles(result: IndexResult, has_counts: bool) -> tuple[str, str]:
    """Return title and subtitle."""
    names = result.dyad.in_text
    title = wording.say("Month by month: how {countries} spoke of each other", countries=names)
    period = wording.period_name(result.months[0], result.months[-1])
    if not has_counts:
        told = (
            wording.say("Relations index of both sides together, degrees, {period}", period=period)
            if result.method == "means"
            else wording.say(
                "Monthly means (not smoothed) of both sides together, degrees, {period}",
                period=period,
            )
        )
        return title, told
    if result.method == "means":
        return title, wording.say(
            "Relations index of both sides together, degrees; small: number of statements, "
            "{period}",
            period=period,
        )
    return title, wording.say(
        "Monthly means (not smoothed) of both sides together, degrees; small: number of "
        "statements, {period}",
        period=period,
    )


def _note(result: IndexResult) -> str:
    a, b = result.dyad.a, result.dyad.b
    parts = {
        "code_a": a,
        "code_b": b,
        "a": country_in_text(a),
        "b": country_in_text(b),
        "occasions": wording.count(MIN_OCCASIONS, "occasion"),
        "degrees": wording.number(MAX_HALF_WIDTH),
    }
    if result.method == "means":
        return wording.say(
            "Hatched: no statement, or with {code_a} or {code_b} and a number: only {a} or only "
            "{b} spoke, so there is no index of both. Bold: at least {occasions} and an interval "
            "of at most {degrees} degrees to either side.",
            **parts,
        )
    return wording.say(
        "Hatched: no statement, or with {code_a} or {code_b} and a number: only {a} or only {b} "
        "spoke, so there is no mean of both. Bold: at least {occasions} and an interval of the "
        "smoothed index of at most {degrees} degrees to either side.",
        **parts,
    )


def told_short(result: IndexResult, has_values: bool) -> str:
    """Return what is shown, and how to read it, where cells are too small for counts."""
    return f"{_titles(result, has_counts=False)[1]}. {_short_note(has_values)}"


def _short_note(has_values: bool) -> str:
    """Return how to read cells that are too small for counts and codes."""
    hatched = wording.say("Hatched: no statement, or only one side spoke.")
    if has_values:
        told = wording.say(
            "Bold: at least {occasions} and an interval of the index of at most {degrees} degrees "
            "to either side.",
            occasions=wording.count(MIN_OCCASIONS, "occasion"),
            degrees=wording.number(MAX_HALF_WIDTH),
        )
    else:
        told = wording.say(
            "Small square: fewer than {least} occasions, or an interval of the index of more than "
            "{degrees} degrees to either side.",
            least=wording.number(MIN_OCCASIONS),
            degrees=wording.number(MAX_HALF_WIDTH),
        )
    return f"{hatched} {told}"
