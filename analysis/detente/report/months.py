"""All months in one table, the two directions and both together side by side."""

from __future__ import annotations

from typing import Any

import pandas as pd

from detente import wording
from detente.index import BILATERAL, IndexResult, is_thin
from detente.report.blocks import part, rich, table

__all__ = ["months_block"]

#: Stands for a raw mean that does not exist.
_NO_MEAN = "–"


def months_block(index: IndexResult) -> dict[str, Any]:
    """Print all months.

    Parameters
    ----------
    index : IndexResult
        The index.

    Returns
    -------
    dict
        A table; raw means stand beside a smoothed index, and a month without an index says why.
    """
    names = [*index.dyad.directions, BILATERAL]
    has_raw = index.method == "state_space"
    groups = [_cells(index.direction(name), name, has_raw=has_raw) for name in names]
    interval = wording.say("{share} interval", share=wording.share(index.confidence))
    raw = [wording.say("Raw")] if has_raw else []
    heads = [wording.say("Index"), interval, *raw, "n"]
    note = (
        wording.say(
            "Index: smoothed over all months, with its interval. Raw: mean of the month's own "
            "statements; a dash where there is none, and for both sides together where not both "
            "spoke. n: statements with a tone. In brackets: thin months, with few occasions or a "
            "wide interval; they are not ranked. The table index.csv of a run has, in its column "
            "filtered, the index without later months."
        )
        if has_raw
        else wording.say(
            "n: statements with a tone. In brackets: thin months, with few occasions or a wide "
            "interval; they are not ranked. The bilateral index is given where both sides spoke."
        )
    )
    months = list(index.months)
    return table(
        "tab-months",
        wording.say("Relations index by month, degrees"),
        [(wording.say("Month"), "l*"), *((head, "r") for head in heads * len(names))],
        [
            [wording.month_name(month), *(cell for group in groups for cell in group[i])]
            for i, month in enumerate(months)
        ],
        groups=[("", 1), *((_capital(index.direction_name(name)), len(heads)) for name in names)],
        note=note,
        small=True,
        is_narrow=has_raw,
        rules=[i for i, month in enumerate(months) if i and month.month == 1],
    )


def _cells(rows: pd.DataFrame, name: str, *, has_raw: bool) -> list[list[Any]]:
    columns = ("index", "lower", "upper", "raw", "n_statements", "n_unscored")
    told: list[list[Any]] = []
    for value, lower, upper, raw, n, n_unscored, few in zip(
        *(rows[column] for column in columns), is_thin(rows), strict=True
    ):
        shade = {"is_quiet": True} if few else {}
        own = [rich(part(wording.number(n), **shade))]
        if has_raw:
            mean = wording.degrees(raw) if pd.notna(raw) else _NO_MEAN
            own.insert(0, rich(part(mean, **shade)))
        if pd.isna(value):
            why = _missing(name, n, n_unscored, has_raw=has_raw)
            quiet = part(why, is_quiet=True, is_italic=True)
            told.append([rich(quiet, span=2), *own] if has_raw else [rich(quiet, span=3)])
            continue
        shown = wording.degrees(value)
        told.append(
            [
                rich(part(f"({shown})", **shade) if few else part(shown, is_bold=True)),
                rich(part(wording.interval(lower, upper), **shade)),
                *own,
            ]
        )
    return told


def _missing(name: str, n: int, n_unscored: int, *, has_raw: bool) -> str:
    if has_raw:
        return wording.say("no index")
    if name == BILATERAL and n:
        return wording.say("one side only")
    return wording.say("no tone") if n_unscored else wording.say("no statements")


def _capital(text: str) -> str:
    return wording.capital(text)
