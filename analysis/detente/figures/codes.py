"""A panel of codes and tone, and a table of classes."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from detente import wording
from detente.figures.theme import FAINT, INK, MUTED, PAPER, SMALLEST, text_width, tone_colours
from detente.figures.typography import wrap
from detente.validation import CLASS_EDGE

__all__ = ["classes_width", "draw_classes", "draw_codes"]

#: Half the width over which the statements of a code are spread, in codes.
_SPREAD = 0.36
_CODES = range(-3, 4)
#: Points left of the table for the names of its rows, at least.
_NAMES = 44.0


def draw_codes(
    ax: Axes, gold: pd.Series, tone: pd.Series, means: pd.DataFrame, marker: str, room: float
) -> None:
    """Draw each statement at its code and tone, and the mean tone at each code.

    Parameters
    ----------
    ax : Axes
        The panel.
    gold, tone : Series
        For each statement its mean code divided by three, and its tone, both in [-1, 1].
    means : DataFrame
        A row per code with `code`, `mean_tone`, `lower` and `upper`.
    marker : str
        Shape of the marks.
    room : float
        Points; width of the panel.
    """
    codes = gold.to_numpy("float64") * 3
    # Multiples of the golden section spread evenly, the same way every time.
    place = np.arange(len(codes)) * 0.6180339887498949 % 1
    ax.set_xlim(-3.5, 3.5)
    ax.set_ylim(-1.04, 1.04)
    ax.axhspan(-CLASS_EDGE, CLASS_EDGE, color="#f1f2f4", linewidth=0, zorder=0.5, gid="neutral")
    ax.plot([-3, 3], [-1, 1], color=MUTED, linewidth=0.7, linestyle=(0, (4, 3)), gid="equal")
    ax.scatter(
        codes + (place - 0.5) * 2 * _SPREAD,
        tone.to_numpy("float64"),
        s=float(np.clip(3600 / max(1, len(codes)), 3, 14)),
        marker=marker,
        c=tone.to_numpy("float64"),
        cmap=tone_colours(),
        vmin=-1,
        vmax=1,
        edgecolors=MUTED,
        linewidths=0.25,
        alpha=0.8,
        zorder=2,
        clip_on=False,
        gid="statements",
    )
    ax.vlines(
        means["code"], means["lower"], means["upper"], color=INK, linewidth=1.3, zorder=3, gid="bar"
    )
    ax.plot(
        means["code"],
        means["mean_tone"],
        linestyle="none",
        marker=marker,
        markersize=6,
        markerfacecolor=PAPER,
        markeredgecolor=INK,
        markeredgewidth=1.4,
        zorder=4,
        clip_on=False,
        gid="means",
    )
    ax.set_xticks(list(_CODES), [wording.degrees(code) for code in _CODES])
    ticks = (-1, -0.5, 0, 0.5, 1)
    ax.set_yticks(ticks, [wording.degrees(tick, 1) if tick else "0" for tick in ticks])
    told = wrap(wording.say("mean code, −3 hostile to +3 cordial"), room, 7, max_lines=2)
    ax.set_xlabel("\n".join(told), fontsize=7, color=MUTED, labelpad=2)


def classes_width(counts: pd.DataFrame) -> float:
    """Return the points that the names of rows take beside the table of classes.

    Parameters
    ----------
    counts : DataFrame
        As for `draw_classes`.

    Returns
    -------
    float
        44 at least.
    """
    lines = [line for name in _rows_of(counts) for line in name.split("\n")]
    return max([_NAMES, *(text_width(line, 7) + 6 for line in lines)])


def _rows_of(counts: pd.DataFrame) -> list[str]:
    return [wording.say("coded\n{tone}", tone=wording.say(str(name))) for name in counts.index]


def draw_classes(ax: Axes, counts: pd.DataFrame) -> None:
    """Draw the table of classes, warm above as in the panels of dots.

    Parameters
    ----------
    ax : Axes
        The panel.
    counts : DataFrame
        Statements, a row per class of the codings, a column per class of the scorer.
    """
    n = len(counts)
    values = counts.to_numpy("float64")
    totals = np.maximum(values.sum(axis=1, keepdims=True), 1)
    ax.set_xlim(0, n)
    ax.set_ylim(0, n)
    for row in range(n):
        for column in range(n):
            share = float(values[row, column] / totals[row, 0])
            # Ink over paper: darker where more of the row falls, in greyscale as in colour.
            tint = 1 - 0.72 * share
            ax.add_patch(
                Rectangle(
                    (column + 0.03, row + 0.03),
                    0.94,
                    0.94,
                    facecolor=(tint, tint, tint),
                    edgecolor=INK if row == column else FAINT,
                    linewidth=1.2 if row == column else 0.4,
                    gid="cell",
                )
            )
            ax.text(
                column + 0.5,
                row + 0.5,
                f"{wording.number(values[row, column])}\n{wording.share(share)}",
                ha="center",
                va="center",
                fontsize=SMALLEST,
                linespacing=1.35,
                color=PAPER if share > 0.72 else INK,
                gid="count",
            )
    middle = np.arange(n) + 0.5
    names = [wording.say(str(name)) for name in counts.columns]
    room = ax.get_window_extent().width * 72 / ax.figure.dpi / n
    if max(text_width(name, 7) for name in names) > room:
        # Every second name a line lower, where they would touch.
        names = ["\n" * (i % 2) + name for i, name in enumerate(names)]
    ax.set_xticks(middle, names)
    ax.set_yticks(middle, _rows_of(counts))
    ax.tick_params(length=0)
    ax.spines["bottom"].set_visible(False)
    ax.set_xlabel(wording.say("class by the scorer"), fontsize=7, color=MUTED, labelpad=2)
