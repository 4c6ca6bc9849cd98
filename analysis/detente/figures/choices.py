"""The panels of a specification curve: the estimates, and the matrix of choices below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from detente import wording
from detente._fonts import visible
from detente.figures.curve import BAND
from detente.figures.panels import Stack, name_panel, say_why
from detente.figures.theme import GRID, INK, MUTED, PAPER, SMALLEST, text_width
from detente.figures.typography import PAD, shorten

__all__ = ["Choice", "choices_of", "draw_choices", "draw_estimates"]

#: Grey of a choice that is the headline's.
_SAME = "#9aa2aa"

#: Choices in the order of the matrix, with the words for their values.
_COLUMNS: dict[str, dict[str | bool, str]] = {
    "scorer": {
        "vader": wording.mark("Plain VADER"),
        "target": wording.mark("Target lexicon"),
        "calibrated": wording.mark("Calibrated scorer"),
    },
    "corrected": {
        False: wording.mark("Not corrected"),
        True: wording.mark("Corrected by codings"),
    },
    "rows": {
        "all": wording.mark("All statements"),
        "stated_dates": wording.mark("No inferred dates"),
        "first_search": wording.mark("First search only"),
        "no_phone_calls": wording.mark("No telephone calls"),
        "no_top_speaker": wording.mark("No top speaker"),
        "no_first_days": wording.mark("No days 0 to 3 after events"),
    },
    "weights": {
        "occasion": wording.mark("Weights by occasion"),
        "office": wording.mark("Weights by office"),
        "day": wording.mark("Weights by day"),
        "none": wording.mark("Weights by statement"),
    },
    "model": {
        "mean_reverting": wording.mark("Mean-reverting state"),
        "local_level": wording.mark("Local level"),
        "means": wording.mark("Monthly means"),
    },
}


@dataclass(frozen=True)
class Choice:
    """A row of the matrix.

    Parameters
    ----------
    column : str
        The choice, as in `RobustnessResult.table`.
    value : str or bool
        One of its values.
    words : str
        As it is printed.
    """

    column: str
    value: str | bool
    words: str


def choices_of(table: pd.DataFrame) -> tuple[Choice, ...]:
    """Return the choices that are not alike in all specifications.

    Parameters
    ----------
    table : DataFrame
        Rows of `RobustnessResult.table`.

    Returns
    -------
    tuple of Choice
        The headline's value of each choice first.
    """
    if table.empty:
        return ()
    found = []
    for column, words in _COLUMNS.items():
        values = table.sort_values("is_headline", ascending=False, kind="stable")[column].unique()
        if len(values) < 2:
            continue
        headline, *rest = values
        known = [value for value in words if value in rest]
        rest = known + [value for value in rest if value not in known]
        for value in (headline, *rest):
            own = str(value).replace("_", " ") or wording.say("none")
            text = wording.say(words[value]) if value in words else own
            found.append(Choice(column, value, visible(text)))
    return tuple(found)


def draw_estimates(stack: Stack, shown: pd.DataFrame, *, is_correlation: bool) -> None:
    """Draw the estimates with their intervals, the headline marked through all panels.

    Parameters
    ----------
    stack : Stack
        The panels.
    shown : DataFrame
        The specifications in the order of their columns.
    is_correlation : bool
        Whether the estimates are correlations, not degrees.
    """
    ax, n = stack.panels[0], len(shown)
    ax.set_xticks([])
    ax.spines["bottom"].set_visible(False)
    if n == 0:
        ax.set_yticks([])
        say_why(stack.canvas, ax, wording.say("No specification gives an estimate"))
        return
    ax.set_xlim(-0.7, n - 0.3)
    values = shown[["estimate", "lower", "upper"]].to_numpy("float64")
    low, high = min(np.nanmin(values), 0.0), max(np.nanmax(values), 0.0)
    step = next(
        s
        for s in ((0.1, 0.2, 0.5) if is_correlation else (10, 20, 50, 100))
        if (high - low) / s <= 6 or s in (0.5, 100)
    )
    ticks = np.arange(np.floor(low / step), np.ceil(high / step) + 1) * step
    ax.set_ylim(ticks[0] - 0.04 * (ticks[-1] - ticks[0]), ticks[-1] + 0.04 * (ticks[-1] - ticks[0]))
    names = [wording.number(at, 1) if is_correlation else wording.degrees(at) for at in ticks]
    ax.set_yticks(ticks, names)
    ax.yaxis.grid(True, color=GRID, linewidth=0.6)
    ax.axhline(0, color=MUTED, linewidth=0.7, zorder=1.2, gid="zero")
    x = np.arange(n)
    thickness = float(np.clip(0.12 * stack.canvas.inner_width / n, 0.4, 1.3))
    size = float(np.clip(0.3 * stack.canvas.inner_width / n, 1.2, 4.4))
    ax.vlines(
        x,
        shown["lower"],
        shown["upper"],
        color=MUTED,
        linewidth=thickness,
        zorder=2,
        gid="interval",
    )
    is_headline = shown["is_headline"].to_numpy(bool)
    ax.plot(
        x[~is_headline],
        shown["estimate"][~is_headline],
        "o",
        markersize=size,
        color=INK,
        zorder=3,
        clip_on=False,
        gid="estimate",
    )
    half = min(0.5, 12.0 * (n + 0.4) / stack.canvas.inner_width)
    for at in x[is_headline]:
        for panel in stack.panels:
            panel.axvspan(
                at - half, at + half, color=BAND, linewidth=0, zorder=0.3, gid="headline place"
            )
        ax.plot(
            [at],
            [shown["estimate"][at]],
            "D",
            markersize=max(1.35 * size, 3.6),
            color=PAPER,
            markeredgecolor=INK,
            markeredgewidth=1.1,
            zorder=4,
            clip_on=False,
            gid="headline",
        )
    _name_headline(stack, x[is_headline], n)


def _name_headline(stack: Stack, places: np.ndarray, n: int) -> None:
    if not len(places):
        return
    canvas = stack.canvas
    at = canvas.left + (places[0] + 0.7) / (n + 0.4) * canvas.inner_width
    name = wording.say("headline")
    half = text_width(name, SMALLEST) / 2
    at = float(np.clip(at, canvas.left + half, canvas.left + canvas.inner_width - half))
    canvas.write(at, stack.top(0) + 2, name, ha="center", color=INK, gid="headline name")


def draw_choices(stack: Stack, i: int, table: pd.DataFrame, choices: Sequence[Choice]) -> None:
    """Draw the matrix: a column per specification, a dot for each of its choices.

    Parameters
    ----------
    stack : Stack
        The panels.
    i : int
        Which of them.
    table : DataFrame
        The specifications in the order of their columns.
    choices : sequence of Choice
        The rows.
    """
    ax, canvas, n = stack.panels[i], stack.canvas, len(table)
    ax.set_xlim(stack.panels[0].get_xlim())
    places, at = [], 0.5
    for k, choice in enumerate(choices):
        at += 0.5 if k and choice.column != choices[k - 1].column else 0.0
        places.append(at)
        at += 1
    total = places[-1] + 0.5
    ax.set_ylim(total, 0)
    ax.set_xticks([])
    ax.set_yticks([])
    ax.spines["bottom"].set_visible(False)
    x = np.arange(n)
    size = float(np.clip(0.3 * canvas.inner_width / n, 1.0, 4.0))
    own = table[table["is_headline"]]
    unit = stack.heights[i] / total
    for choice, y in zip(choices, places, strict=True):
        ax.axhline(y, color=GRID, linewidth=0.6, zorder=0.5)
        is_here = table[choice.column].eq(choice.value).to_numpy(bool)
        differs = len(own) == 0 or own[choice.column].iloc[0] != choice.value
        ax.plot(
            x[is_here],
            np.full(is_here.sum(), y),
            "o",
            markersize=size,
            color=INK if differs else _SAME,
            clip_on=False,
            zorder=3,
            gid=f"choice {choice.column}",
        )
        canvas.write(
            canvas.left - 8,
            stack.top(i) - y * unit - 2.3,
            shorten(choice.words, canvas.left - PAD - 8, SMALLEST),
            ha="right",
            color=INK,
            gid="choice",
        )
    name_panel(canvas, stack.top(i) + 2, wording.say("Choices"), x=PAD)
