"""Bias of a scorer by group of statements: where its tones are warmer or colder than the codes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from detente import wording
from detente._checks import needs
from detente._fonts import visible
from detente.countries import country_name
from detente.figures.captions import FigureCaption
from detente.figures.groups import group_words
from detente.figures.page import page_height
from detente.figures.panels import Frame, Stack, say_why
from detente.figures.rows import draw_estimate
from detente.figures.theme import COLD, GRID, INK, MUTED, WARM, theme
from detente.figures.typography import PAD, shorten
from detente.validation import MIN_GROUP, ValidationResult
from detente.validation.phrases import ends

__all__ = ["bias_caption", "plot_bias"]

_ROW, _HEADING, _BELOW = 10.5, 13.0, 32.0
#: Points for the names and for the numbers, in a page and in a column.
_SIDES, _NARROW = (112.0, 118.0), (84.0, 86.0)
#: Narrower boxes are columns.
_COLUMN = 400.0
#: A bias of this size or smaller is what a calibrated scorer is asked for.
_SMALL = 0.1
_ORDER = ("direction", "topic", "channel", "level", "year", "target_mention")


def plot_bias(
    result: ValidationResult,
    *,
    title: str | None = None,
    source: str = "",
    notices: Sequence[str] = (),
    ax: Axes | None = None,
) -> Axes:
    """Draw the bias of a scorer in each group of statements.

    Parameters
    ----------
    result : ValidationResult
        What `detente.validation.validate_scorer` found.
    title : str, optional
        Default: names the scorer.
    source : str, optional
        Where statements and codings come from.
    notices : sequence of str, optional
        What every output has to carry.
    ax : Axes, optional
        Default: a new figure, 7.2 inches wide and as high as the groups need.

    Returns
    -------
    Axes
        The chart; groups from top to bottom, of `MIN_GROUP` coded statements or more.

    Raises
    ------
    BadArgumentError
        Where `result` is no ValidationResult, or `ax` is too small or no plain Axes.

    Notes
    -----
    Bias is mean tone less mean code (thirds of a code, so that both run from -1 to 1). A mark is
    coloured where its interval leaves zero out. Groups of one grouping share no statement, groups
    of different groupings do, and of many groups some leave zero out by chance.

    Examples
    --------
    >>> import pandas as pd
    >>> from detente.figures import new_axes
    >>> from detente.validation import validate_scorer
    >>> n = range(60)
    >>> scored = pd.DataFrame({
    ...     "id": n, "date": pd.date_range("2015-01-05", periods=60, freq="9D"), "source": "RUS",
    ...     "target": "TUR", "text": [f"Remark {i}." for i in n],
    ...     "tone": [(i % 7 - 3) / 4 for i in n]})
    >>> codings = pd.DataFrame({"id": n, "coder": "a", "code": [i % 7 - 3 for i in n],
    ...     "coder_type": "machine"})
    >>> result = validate_scorer(scored, codings, scorer_name="target", n_boot=99)
    >>> ax = plot_bias(result, ax=new_axes(7.2, 3))
    >>> len([line for line in ax.lines if line.get_gid() == "bias"])
    2
    """
    needs(result, ValidationResult, "result", "detente.validation.validate_scorer")
    with theme():
        return _draw(result, Frame(title, source, notices, ax))


def _draw(result: ValidationResult, frame: Frame) -> Axes:
    groupings = _groupings(result)
    sheet = frame.sheet(_title(result), _subtitle(result), _note())
    left, right = _NARROW if sheet.width < _COLUMN else _SIDES
    page = page_height()
    # A slide shows what it has room for; what it leaves out is in the report.
    while page and len(groupings) > 1 and sheet.taken + _BELOW + _height(groupings) > page:
        groupings.popitem()
    height = _height(groupings)
    stack = sheet.place(
        (height,), (4.0,), left=left, right=right, below=_BELOW, smallest=0.75 * height
    )
    panel = stack.panels[0]
    panel.set_yticks([])
    if not groupings:
        panel.set_xticks([])
        none = wording.say(
            "No group has {least} coded statements, so no bias is printed.", least=MIN_GROUP
        )
        say_why(stack.canvas, panel, none)
        return panel
    _scale(stack, groupings)
    share = stack.heights[0] / height
    y = stack.top(0)
    for grouping, rows in groupings.items():
        y -= _HEADING * share
        _write(stack, y, _named(grouping), "bold")
        for row in rows:
            y -= _ROW * share
            _row(stack, y, grouping, row, right)
    return panel


def _height(groupings: dict[str, list[dict[str, Any]]]) -> float:
    """Return the points that headings and rows take."""
    return _HEADING * len(groupings) + _ROW * max(sum(map(len, groupings.values())), 1)


def _scale(stack: Stack, groupings: dict[str, list[dict[str, Any]]]) -> None:
    """Draw the scale: tone, symmetric about no bias."""
    panel, canvas = stack.panels[0], stack.canvas
    found = [
        abs(row[name])
        for rows in groupings.values()
        for row in rows
        for name in ("bias", "lower", "upper")
        if np.isfinite(row[name])
    ]
    limit = min(1.05 * max(*found, 2 * _SMALL), 1.0)
    panel.set_xlim(-limit, limit)
    panel.set_ylim(0, stack.heights[0])
    panel.axvspan(-_SMALL, _SMALL, color=GRID, linewidth=0, zorder=0.5, gid="small")
    panel.axvline(0, color=MUTED, linewidth=0.7, zorder=1, gid="zero")
    step = 0.1 if limit <= 0.32 else 0.2 if limit <= 0.6 else 0.5
    ticks = np.arange(-np.floor(limit / step), np.floor(limit / step) + 1) * step
    panel.set_xticks(ticks, [wording.degrees(tick, 1) for tick in ticks])
    middle, y = canvas.left + canvas.inner_width / 2, stack.bottoms[0] - 24
    for words, x, ha in (
        (wording.say("colder than coded"), middle - 5, "right"),
        (wording.say("warmer than coded"), middle + 5, "left"),
    ):
        canvas.write(x, y, words, ha=ha, fontsize=7, color=MUTED, gid="scale")


def _row(stack: Stack, y: float, grouping: str, row: dict[str, Any], right: float) -> None:
    canvas = stack.canvas
    is_clear = row["lower"] > 0 or row["upper"] < 0
    colour = INK if not is_clear else WARM if row["bias"] > 0 else COLD
    marker = "o" if not is_clear else "^" if row["bias"] > 0 else "v"
    at = y - stack.bottoms[0] + 2.5
    draw_estimate(
        stack.panels[0], at, row["bias"], row["lower"], row["upper"], colour, marker, "bias", 3.6
    )
    _write(stack, y, _group(grouping, str(row["group"])))
    figures = f"{wording.degrees(row['bias'], 2)}"
    if np.isfinite(row["lower"]) and np.isfinite(row["upper"]):
        figures += f" ({ends(row['lower'], row['upper'], signed=True)})"
    if right == _SIDES[1]:
        figures = wording.say("{figures}, n {n}", figures=figures, n=wording.number(row["n"]))
    x = canvas.width - right + 6
    room = canvas.width - PAD - x
    canvas.write(x, y, shorten(figures, room, 6.5), fontsize=6.5, color=MUTED, gid="figures")


def _write(stack: Stack, y: float, text: str, weight: str = "normal") -> None:
    canvas = stack.canvas
    told = shorten(visible(text), canvas.left - PAD - 4, 7, weight)
    canvas.write(PAD, y, told, fontsize=7, fontweight=weight, color=INK, gid="group")


def _groupings(result: ValidationResult) -> dict[str, list[dict[str, Any]]]:
    """Return the groups that are drawn, by grouping: years in order, others from warm to cold."""
    table = result.by_group[result.by_group["n"] >= MIN_GROUP]
    found = {}
    for grouping in _ORDER:
        rows = table[table["grouping"] == grouping]
        if grouping != "year":
            rows = rows.sort_values("bias", ascending=False, kind="stable")
        if len(rows):
            found[grouping] = [
                {str(key): value for key, value in row.items()} for row in rows.to_dict("records")
            ]
    return found


def _named(grouping: str) -> str:
    if grouping == "level":
        return wording.say("Office")
    return wording.capital(wording.say(grouping.replace("_", " ")))


def _group(grouping: str, name: str) -> str:
    if grouping == "direction":
        source, _, target = name.partition(">")
        return wording.direction_name(country_name(source), country_name(target))
    return group_words(name, "level" if grouping == "target_mention" else grouping)


def _title(result: ValidationResult) -> str:
    return wording.say("Bias of '{scorer}' by group", scorer=result.scorer_name)


def _subtitle(result: ValidationResult) -> str:
    return wording.say(
        "Mean tone less mean code, with {share} confidence intervals; groups of {least} coded "
        "statements or more",
        share=wording.share(result.options.confidence),
        least=MIN_GROUP,
    )


def _note() -> str:
    return wording.say(
        "Tone and codes run from −1 to +1. Coloured triangle: the interval leaves zero out; of "
        "many groups some do by chance. Grey: up to {small} either way.",
        small=wording.number(_SMALL, 1),
    )


def bias_caption(result: ValidationResult, ax: Axes | None = None) -> FigureCaption:
    """Return the caption of `plot_bias`.

    Parameters
    ----------
    result : ValidationResult
        What `detente.validation.validate_scorer` found.
    ax : Axes, optional
        The chart as drawn, which may have had no room for all groups. Default: all are told.

    Returns
    -------
    FigureCaption
        Title, caption and alternative text, from the numbers of the chart.
    """
    groups = [
        wording.say(
            "{group} {bias} ({n})",
            group=_group(grouping, str(row["group"])),
            bias=wording.degrees(row["bias"], 2),
            n=wording.count(int(row["n"]), "statement"),
        )
        for grouping, rows in _groupings(result).items()
        for row in rows
    ]
    if ax is not None:
        groups = groups[: sum(line.get_gid() == "bias" for line in ax.lines)]
    told = wording.say("Bias by group: {groups}.", groups="; ".join(groups)) if groups else ""
    return FigureCaption(_title(result), f"{_subtitle(result)}. {_note()}", told or _title(result))
