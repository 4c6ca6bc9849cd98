"""The smoothed index as a curve over the raw monthly means that it is drawn from."""

from __future__ import annotations

from itertools import groupby

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from numpy.typing import NDArray

from detente import wording
from detente.figures.dates import middle_of_month
from detente.figures.theme import PAPER
from detente.index import BILATERAL, MAX_HALF_WIDTH, MIN_OCCASIONS, IndexResult, is_thin

__all__ = [
    "BAND",
    "are_sides_one",
    "curve_note",
    "draw_band",
    "draw_curve",
    "draw_dots",
    "has_curve",
    "months_of",
    "no_lines",
]

#: Grey of an interval: seen as a band, lighter than any mark.
BAND = "#dfe3e7"

#: Statements from which on a dot grows no further.
_MANY = 16

#: Dash and gap in widths of the line: seen as dashed over two months already.
_DASHES = (0, (1.6, 1.1))


def months_of(result: IndexResult, name: str) -> pd.DataFrame:
    """Return a direction's months with their place on the axis and whether they are thin.

    Parameters
    ----------
    result : IndexResult
        The index.
    name : str
        "A>B", "B>A" or "bilateral".

    Returns
    -------
    DataFrame
        The rows of the direction with `x` (middle of the month) and `thin`.
    """
    rows = result.direction(name)
    return rows.assign(x=middle_of_month(rows["month"]), thin=is_thin(rows))


def are_sides_one(result: IndexResult) -> bool:
    """Tell whether the sides' curves cannot be told apart, so that neither is drawn.

    Parameters
    ----------
    result : IndexResult
        The index.

    Returns
    -------
    bool
        What its `sides_sentence` says: chart and sentence cannot disagree.
    """
    return result.are_sides_one


def has_curve(result: IndexResult, name: str) -> bool:
    """Tell whether a direction has a smoothed curve that may be drawn.

    Parameters
    ----------
    result : IndexResult
        The index.
    name : str
        "A>B", "B>A" or "bilateral".

    Returns
    -------
    bool
        False under "means", without an index, and for a side that is not told from the other.
    """
    if result.method == "means" or name in result.reasons:
        return False
    return not (name in result.dyad.directions and are_sides_one(result))


def draw_band(ax: Axes, rows: pd.DataFrame) -> None:
    """Draw the interval of every month as a band.

    Parameters
    ----------
    ax : Axes
        A panel.
    rows : DataFrame
        Months as `months_of` gives them.
    """
    ax.fill_between(
        rows["x"], rows["lower"], rows["upper"], color=BAND, linewidth=0, zorder=1, gid="interval"
    )


def draw_curve(
    ax: Axes, rows: pd.DataFrame, colour: str, width: float, gid: str, *, zorder: float = 3
) -> None:
    """Draw the smoothed index: solid between months with a mean, dashed to and over the others.

    Parameters
    ----------
    ax : Axes
        A panel.
    rows : DataFrame
        Months as `months_of` gives them.
    colour : str
        Of the line.
    width : float
        Points.
    gid : str
        Of the solid line; the dashed one has " bridged" behind it.
    zorder : float, default 3
        Drawing order.
    """
    x, y = rows["x"].to_numpy("float64"), rows["index"].to_numpy("float64")
    has_mean = rows["raw"].notna().to_numpy()
    is_solid = has_mean[:-1] & has_mean[1:]
    parts = ((is_solid, gid, "-", width), (~is_solid, f"{gid} bridged", _DASHES, 0.8 * width))
    for chosen, name, style, thickness in parts:
        ax.plot(
            *_stretches(x, y, chosen),
            color=colour,
            linewidth=thickness,
            linestyle=style,
            dash_capstyle="butt",
            solid_capstyle="round",
            zorder=zorder,
            gid=name,
        )


def _stretches(
    x: NDArray[np.float64], y: NDArray[np.float64], chosen: NDArray[np.bool_]
) -> tuple[list[float], list[float]]:
    """Return the points of the chosen steps, a missing one between two stretches."""
    along: list[float] = []
    up: list[float] = []
    for is_chosen, steps in groupby(range(len(chosen)), key=lambda i: bool(chosen[i])):
        if is_chosen:
            at = [*steps]
            points = [*at, at[-1] + 1]
            along += [*x[points].tolist(), np.nan]
            up += [*y[points].tolist(), np.nan]
    return along, up


def draw_dots(
    ax: Axes,
    rows: pd.DataFrame,
    colour: str,
    marker: str,
    smallest: float,
    gid: str,
    *,
    is_faint: bool = True,
) -> None:
    """Draw the raw means: area by statements, hollow where the month rests on too little.

    Parameters
    ----------
    ax : Axes
        A panel.
    rows : DataFrame
        Months as `months_of` gives them; those without a mean have no dot.
    colour : str
        Of the dots.
    marker : str
        Their shape.
    smallest : float
        Points; diameter of a month with one statement.
    gid : str
        Prefix: "GID hollow", "GID solid".
    is_faint : bool, default True
        Whether a curve stands over them.
    """
    known = rows[rows["raw"].notna()]
    for is_hollow, some in known.groupby("thin"):
        ax.scatter(
            some["x"],
            some["raw"],
            s=smallest**2 * some["n_statements"].clip(upper=_MANY),
            marker=marker,
            facecolors=PAPER if is_hollow else colour,
            edgecolors=colour,
            linewidths=0.5,
            alpha=0.45 if is_faint else 1.0,
            zorder=2,
            clip_on=False,
            gid=f"{gid} {'hollow' if is_hollow else 'solid'}",
        )


def curve_note(result: IndexResult) -> str:
    """Tell how to read curve, band and dots.

    Parameters
    ----------
    result : IndexResult
        A state-space index.

    Returns
    -------
    str
        Sentences for the foot of a chart.
    """
    parts = [
        wording.say(
            "Dots: means of single months, larger with more statements; hollow: fewer than {least} "
            "occasions, or an interval of more than {degrees} degrees to either side.",
            least=wording.number(MIN_OCCASIONS),
            degrees=wording.number(MAX_HALF_WIDTH),
        ),
    ]
    if any(has_curve(result, name) for name in (BILATERAL, *result.dyad.directions)):
        parts[:0] = [
            wording.say(
                "Line: index, smoothed over all months, later ones too, so that no turn is dated "
                "from it; dashed where a month has no dot."
            ),
            wording.say(
                "Band: its {share} interval, for the noise of these statements, not for the "
                "scorer's error or the choice of statements.",
                share=wording.share(result.confidence),
            ),
        ]
    if are_sides_one(result):
        parts.append(
            wording.say(
                "The smoothed curves of the two sides cannot be told apart and are not drawn; "
                "their panels show single months."
            )
        )
    if result.reasons:
        parts.append(no_lines(result))
    return " ".join(parts)


def no_lines(result: IndexResult) -> str:
    """Say which sides have no smoothed line, and why.

    Parameters
    ----------
    result : IndexResult
        A state-space index with reasons.

    Returns
    -------
    str
        A sentence.
    """
    sides = [name for name in result.dyad.directions if name in result.reasons]
    told = [
        wording.say(
            "{direction}: {reason}",
            direction=result.direction_name(name),
            reason=result.reasons[name],
        )
        for name in sides
    ]
    return wording.say("No line for {sides}.", sides="; ".join(told))
