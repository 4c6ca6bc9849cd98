"""How the channels shift over the years."""

from __future__ import annotations

import numpy as np
import pandas as pd

from detente import wording
from detente.figures.marks import spread_out
from detente.figures.panels import Stack, name_panel
from detente.figures.theme import GRID, INK, MUTED, PAPER, SMALLEST, text_width
from detente.figures.typography import PAD
from detente.index import BILATERAL

__all__ = ["channels_width", "draw_channels", "has_channels", "shares_by_year"]

#: Contacts from the bottom of a bar upwards, with names and greys that part in print.
_PARTS = (
    ("phone_call", wording.mark("calls"), "#2b3138"),
    ("meeting", wording.mark("meetings"), "#6f7983"),
    ("letter", wording.mark("letters"), "#a9b1b9"),
    ("joint_statement", wording.mark("joint statements"), "#d3d8dd"),
)


def has_channels(contacts: pd.DataFrame) -> bool:
    """Tell whether there is a year with an occasion.

    Parameters
    ----------
    contacts : DataFrame
        As `VoicesResult.contacts`.

    Returns
    -------
    bool
        False where no channel is known.
    """
    return len(contacts) > 0 and bool(shares_by_year(contacts)["n_occasions"].gt(0).any())


def channels_width() -> float:
    """Return the points that the names of contacts take beside the panel.

    Returns
    -------
    float
        With their marks.
    """
    return max(text_width(wording.say(text), SMALLEST) for _, text, _ in _PARTS) + 13


def shares_by_year(contacts: pd.DataFrame) -> pd.DataFrame:
    """Return the share of each kind of contact in the occasions of a year.

    Parameters
    ----------
    contacts : DataFrame
        As `VoicesResult.contacts`.

    Returns
    -------
    DataFrame
        One row per year, both sides together: `year`, `n_occasions`, and `phone_call`,
        `meeting`, `letter`, `joint_statement` as shares in [0, 1], and `lower`, `upper` of their
        sum; missing without an occasion.
    """
    rows = contacts[contacts["unit"].eq("year") & contacts["direction"].eq(BILATERAL)]
    n = rows["n_occasions"].astype("float64").where(rows["n_occasions"] > 0)
    shares = {name: rows[name] / n for name, _, _ in _PARTS}
    years = pd.DatetimeIndex(rows["period"]).year
    return rows.assign(year=years, **shares)[
        ["year", "n_occasions", *shares, "lower", "upper"]
    ].reset_index(drop=True)


def draw_channels(stack: Stack, i: int, contacts: pd.DataFrame) -> None:
    """Draw the shares of calls, meetings, letters and joint statements by year.

    Parameters
    ----------
    stack : Stack
        The panels.
    i : int
        Which of them.
    contacts : DataFrame
        As `VoicesResult.contacts`.
    """
    ax, canvas = stack.panels[i], stack.canvas
    table = shares_by_year(contacts)
    n = len(table)
    x = np.arange(n, dtype="float64")
    ax.set_xlim(-0.6, n - 0.4)
    known = table["n_occasions"].gt(0).to_numpy()
    bottom = np.zeros(n)
    width = canvas.inner_width / (n + 0.2)
    bar = min(0.74, 40.0 / width)
    for name, _, grey in _PARTS:
        share = table[name].fillna(0.0).to_numpy("float64") * 100
        ax.bar(
            x[known],
            share[known],
            bar,
            bottom=bottom[known],
            color=grey,
            linewidth=0,
            zorder=2,
            gid=name,
        )
        bottom = bottom + share
    ends = table.loc[known, ["lower", "upper"]].to_numpy("float64") * 100
    for colour, most in ((PAPER, 2.4), (INK, 0.9)):
        ax.vlines(
            x[known],
            ends[:, 0],
            ends[:, 1],
            color=colour,
            linewidth=min(most, 0.12 * most * width),
            zorder=3,
            gid="interval",
        )
    top = float(np.clip(np.ceil((ends.max() + 1) / 20) * 20, 20, 100))
    ax.set_ylim(0, top)
    ticks = [0.0, top / 2, top]
    ax.set_yticks(ticks, [wording.share(tick / 100) for tick in ticks])
    ax.yaxis.grid(True, color=GRID, linewidth=0.6)
    step = max(1, int(np.ceil((text_width("2000", 7) + 5) / width)))
    # A name at the left end would run into the scale.
    clear = text_width("2000", 7) / 2 / width - 0.6
    shown = [
        k for k, year in enumerate(table["year"]) if n < 2 or (year % step == 0 and k >= clear)
    ]
    ax.set_xticks([x[k] for k in shown], [str(table["year"][k]) for k in shown])
    ax.tick_params(axis="x", length=0)
    _counts(stack, i, table, step)
    _names(stack, i, table, top)
    head = wording.say("Contacts: share of each year's occasions (number above)")
    name_panel(canvas, stack.top(i) + 9, head, x=PAD)


def _counts(stack: Stack, i: int, table: pd.DataFrame, step: int) -> None:
    """Write the number of occasions above the years that are named."""
    canvas = stack.canvas
    for k, (year, n) in enumerate(zip(table["year"], table["n_occasions"], strict=True)):
        if len(table) < 2 or year % step == 0:
            canvas.write(
                canvas.left + (k + 0.6) * canvas.inner_width / (len(table) + 0.2),
                stack.top(i) + 3,
                wording.number(n),
                ha="center",
                color=MUTED,
                gid="occasions",
            )


def _names(stack: Stack, i: int, table: pd.DataFrame, top: float) -> None:
    """Name the parts beside the last bar that has them, lowest first."""
    canvas, size = stack.canvas, stack.heights[i]
    wanted, names = [], []
    below = 0.0
    last = table[table["n_occasions"] > 0].iloc[-1]
    for name, text, grey in _PARTS:
        if not (table[name] > 0).any():
            continue
        share = float(last[name]) * 100
        wanted.append((below + share / 2) / top * size)
        below += share
        names.append((wording.say(text), grey))
    places = spread_out(wanted, 9.5, size)
    if places is None or not names:
        return
    x = canvas.left + canvas.inner_width + 3
    for (text, grey), place in zip(names, places, strict=True):
        y = stack.bottoms[i] + place
        canvas.line([x + 3], [y], color=grey, marker="s", markersize=4.2)
        canvas.write(x + 8, y - 2.4, text, fontsize=SMALLEST, color=INK, gid="channel")
