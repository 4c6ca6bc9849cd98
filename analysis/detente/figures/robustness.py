"""One number under every reasonable choice: a specification curve."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from detente import wording
from detente._checks import needs
from detente.errors import BadArgumentError, did_you_mean
from detente.figures.captions import FigureCaption
from detente.figures.choices import Choice, choices_of, draw_choices, draw_estimates
from detente.figures.panels import Frame
from detente.figures.theme import SMALLEST, text_width, theme
from detente.inference import RobustnessResult

__all__ = ["plot_robustness", "robustness_caption"]

_RIGHT = 10.0
_CURVE, _ROW, _ABOVE = 120.0, 9.2, 20.0
#: Names of windows that are months.
_WINDOW = re.compile(r"([0-9]{4}-[0-9]{2}) to ([0-9]{4}-[0-9]{2})")
#: In this order a quantity is chosen where none is named.
_QUANTITIES = ("contrast", "change", "level", "correlation")


def plot_robustness(
    result: RobustnessResult,
    quantity: str | None = None,
    name: str | None = None,
    *,
    labels: Mapping[str, str] | None = None,
    title: str | None = None,
    source: str = "",
    notices: Sequence[str] = (),
    ax: Axes | None = None,
) -> Axes:
    """Draw one number under all specifications, sorted, and the choices behind each.

    Parameters
    ----------
    result : RobustnessResult
        The specifications.
    quantity : {"contrast", "change", "level", "correlation"}, optional
        What is drawn; default: the first of these that was estimated.
    name : str, optional
        The window or episode; default: the first of the quantity.
    labels : mapping of str to str, optional
        Episode -> its name.
    title : str, optional
        Default: how many specifications agree with the headline.
    source : str, optional
        Where the statements come from.
    notices : sequence of str, optional
        What every output has to carry.
    ax : Axes, optional
        Its place is divided among the panels. Default: a new figure, 7.2 inches wide.

    Returns
    -------
    Axes
        The panel of the estimates; that of the choices is its child.

    Raises
    ------
    BadArgumentError
        Where `result` is no RobustnessResult, there is no such quantity or name, or `ax` is too
        small or no plain Axes.

    Notes
    -----
    The headline stands on grey and is a diamond. Below, a bold dot is a choice that differs from
    the headline's. Choices that are alike in all specifications are not listed.

    Examples
    --------
    >>> from detente.figures import new_axes
    >>> from detente.inference import estimate_robustness
    >>> days = pd.date_range("2010-01-05", periods=40, freq="15D").repeat(2)
    >>> tone = np.random.default_rng(0).normal(0, 0.3, 80).round(3)
    >>> scored = pd.DataFrame({"date": days, "source": ["RUS", "TUR"] * 40,
    ...     "target": ["TUR", "RUS"] * 40, "speaker": "A", "tone": tone})
    >>> windows = {"2010": (pd.Timestamp("2010-01-01"), pd.Timestamp("2010-12-01"))}
    >>> found = estimate_robustness({"mine": scored}, None, windows=windows, cross="one")
    >>> ax = plot_robustness(found, "level", ax=new_axes(7.2, 4))
    >>> len([line for line in ax.lines if line.get_gid() == "headline"])
    1
    """
    needs(result, RobustnessResult, "result", "detente.inference.estimate_robustness")
    rows = _rows(result, quantity, name)
    with theme():
        return _draw(result, rows, labels or {}, Frame(title, source, notices, ax))


def _rows(result: RobustnessResult, quantity: str | None, name: str | None) -> pd.DataFrame:
    """Return the rows of a quantity and name."""
    table = result.table
    if table.empty:
        return table
    there = [one for one in _QUANTITIES if table["quantity"].eq(one).any()]
    known = [one for one in there if table.loc[table["quantity"].eq(one), "estimate"].notna().any()]
    if quantity is None:
        quantity = (known or there)[0]
    if quantity not in there:
        raise BadArgumentError(
            f"There is no quantity {quantity!r}.",
            remedy=did_you_mean(str(quantity), there) or f"Use one of {', '.join(there)}.",
        )
    rows = table[table["quantity"] == quantity]
    names = [str(one) for one in rows["name"].unique()]
    chosen = names[0] if name is None else name
    if chosen not in names:
        raise BadArgumentError(
            f"There is no {quantity} named {chosen!r}.",
            remedy=did_you_mean(str(chosen), names) or f"Use one of {', '.join(names)}.",
        )
    return rows[rows["name"] == chosen].reset_index(drop=True)


def _draw(
    result: RobustnessResult,
    rows: pd.DataFrame,
    labels: Mapping[str, str],
    frame: Frame,
) -> Axes:
    known = rows[rows["estimate"].notna()] if len(rows) else rows
    order = ["estimate", "is_headline", "n_changed"]
    shown = known.sort_values(order, kind="stable").reset_index(drop=True) if len(known) else known
    choices = choices_of(shown)
    title = _title(rows, labels)
    subtitle = _subtitle(rows, result)
    sheet = frame.sheet(title, subtitle, _note(rows, result))
    longest = max((text_width(choice.words, SMALLEST) for choice in choices), default=0.0)
    left = float(np.clip(longest + 20, 50.0, 0.42 * sheet.width))
    heights, above = [_CURVE], [8.0]
    if choices:
        heights.append(_ROW * _height_of(choices))
        above.append(_ABOVE)
    stack = sheet.place(
        heights, above, left=left, right=_RIGHT, below=6.0, smallest=50.0, n_firm=len(heights) - 1
    )
    draw_estimates(stack, shown, is_correlation=_is_correlation(rows))
    if choices:
        draw_choices(stack, 1, shown, choices)
    return stack.canvas.ax


def _height_of(choices: Sequence[Choice]) -> float:
    """Return how many rows the choices take, with the air between groups."""
    return len(choices) + 0.5 * (len({choice.column for choice in choices}) - 1)


def _is_correlation(rows: pd.DataFrame) -> bool:
    return len(rows) > 0 and rows["quantity"].iloc[0] == "correlation"


def _what(rows: pd.DataFrame, labels: Mapping[str, str]) -> str:
    """Name the number that is drawn."""
    quantity, name = (str(rows[column].iloc[0]) for column in ("quantity", "name"))
    ends = _WINDOW.fullmatch(name)
    if ends:
        name = wording.period_name(*(pd.Timestamp(end) for end in ends.groups()))
    if quantity == "contrast":
        return wording.say("{stretch} against all other months", stretch=name)
    if quantity == "level":
        return wording.say("The level of {stretch}", stretch=name)
    if quantity == "change":
        return wording.say("The change at {episode}", episode=labels.get(name, name))
    return wording.say("The curve")


def _counts(rows: pd.DataFrame) -> tuple[int, int, int]:
    """Return the other specifications with an estimate, and how many agree, and beyond zero."""
    others = rows[~rows["is_headline"] & rows["agrees"].notna()]
    agrees = others["agrees"].astype(bool)
    beyond = agrees & others["excludes_zero"].fillna(False).astype(bool)
    return len(others), int(agrees.sum()), int(beyond.sum())


def _title(rows: pd.DataFrame, labels: Mapping[str, str]) -> str:
    if rows.empty or rows["estimate"].isna().all():
        return wording.say("No specification gives an estimate")
    what = _what(rows, labels)
    if _is_correlation(rows):
        others = rows.loc[~rows["is_headline"], "estimate"]
        return wording.say(
            "The curve correlates by {lowest} to {highest} with those under other choices",
            lowest=wording.number(others.min(), 2),
            highest=wording.number(others.max(), 2),
        )
    headline = rows[rows["is_headline"]]
    n, n_agree, _ = _counts(rows)
    if headline["estimate"].isna().all():
        return wording.say("{quantity}: no estimate in the headline", quantity=what)
    if not headline["excludes_zero"].fillna(False).astype(bool).all():
        return wording.say("{quantity}: we cannot tell its sign", quantity=what)
    if n == 0:
        return wording.say("{quantity}: no other specification to compare", quantity=what)
    if n_agree == n:
        return wording.say_count(
            "{quantity}: all {n} other specification agrees in sign",
            "{quantity}: all {n} other specifications agree in sign",
            n,
            quantity=what,
        )
    return wording.say_count(
        "{quantity}: {agreeing} of {n} other specification agrees in sign",
        "{quantity}: {agreeing} of {n} other specifications agree in sign",
        n,
        quantity=what,
        agreeing=wording.number(n_agree),
    )


def _subtitle(rows: pd.DataFrame, result: RobustnessResult) -> str:
    if rows.empty or rows["estimate"].isna().all():
        return ""
    others = rows[~rows["is_headline"]]["estimate"].dropna()
    if _is_correlation(rows):
        return wording.say_count(
            "Correlation of the monthly index of {n} other specification with that of the headline",
            "Correlation of the monthly index of {n} other specifications with that of the "
            "headline",
            len(others),
        )
    headline = rows[rows["is_headline"]]
    confidence = float(result.options.get("confidence", 0.95))
    told = [
        wording.estimate(row["estimate"], row["lower"], row["upper"], confidence)
        for row in headline.to_dict("records")
    ]
    text = (
        wording.say("Headline {estimate}", estimate=told[0])
        if told
        else wording.say("Without a headline")
    )
    n, n_agree, n_beyond = _counts(rows)
    if not n:
        return text
    return wording.say_count(
        "{headline}; of {n} other specification ({lowest} to {highest}) {agreeing} agree in sign "
        "and {beyond} lie beyond zero on the same side",
        "{headline}; of {n} other specifications ({lowest} to {highest}) {agreeing} agree in sign "
        "and {beyond} lie beyond zero on the same side",
        n,
        headline=text,
        lowest=wording.degrees(others.min()),
        highest=wording.degrees(others.max()),
        agreeing=wording.number(n_agree),
        beyond=wording.number(n_beyond),
    )


def _note(rows: pd.DataFrame, result: RobustnessResult) -> str:
    confidence = wording.share(float(result.options.get("confidence", 0.95)))
    n_missing = int(rows["estimate"].isna().sum()) if len(rows) else 0
    parts = [wording.say("One column per specification, sorted.")]
    if not _is_correlation(rows):
        parts.append(wording.say("Bar: {share} interval.", share=confidence))
    parts.append(
        wording.say(
            "Bold dot below: a choice that differs from the headline's. Specifications share their "
            "statements, so a share of them is no probability; intervals cover neither the choice "
            "of statements nor, unless corrected, the scorer's error."
        )
    )
    if n_missing:
        missing = wording.count(n_missing, "specification")
        parts.append(wording.say("Without an estimate: {specifications}.", specifications=missing))
    return " ".join(parts)


def robustness_caption(
    result: RobustnessResult,
    quantity: str | None = None,
    name: str | None = None,
    labels: Mapping[str, str] | None = None,
) -> FigureCaption:
    """Return the caption of `plot_robustness`.

    Parameters
    ----------
    result : RobustnessResult
        The specifications.
    quantity, name : str, optional
        As drawn.
    labels : mapping of str to str, optional
        Episode -> its name.

    Returns
    -------
    FigureCaption
        Title, caption and alternative text, from the numbers of the chart.
    """
    rows = _rows(result, quantity, name)
    told = _subtitle(rows, result)
    shown = wording.say(
        "Estimates sorted from left to right, and below a matrix of the choices behind each."
    )
    return FigureCaption(
        wording.say("The same number under other choices"),
        _note(rows, result),
        f"{shown} {_title(rows, labels or {})}. {told}{'.' if told else ''}".strip(),
    )
