"""Level, change and coverage in words, from the numbers that the tables print."""

from __future__ import annotations

from math import isnan
from typing import Any

import pandas as pd

from detente import wording
from detente.index import (
    BILATERAL,
    MAX_HALF_WIDTH,
    MIN_OCCASIONS,
    IndexResult,
    LevelResult,
    level_difference,
    mean_level,
)
from detente.report.about import About

__all__ = ["coverage_point", "ranking", "summary"]

#: Months named at each end of the ranking.
_N_NAMED = 3


def summary(index: IndexResult) -> list[dict[str, str]]:
    """Say level and recent change.

    Parameters
    ----------
    index : IndexResult
        The index.

    Returns
    -------
    list of dict
        `head` and `text` of each point.
    """
    return [
        {"head": "Level", "text": _level(index)},
        {"head": "Recent change", "text": _change(index)},
    ]


def coverage_point(index: IndexResult, sample: pd.DataFrame, about: About) -> dict[str, str]:
    """Say in full on how many statements and months the index rests.

    Parameters
    ----------
    index : IndexResult
        The index.
    sample : DataFrame
        The statements of the dyad and period, scored or not.
    about : About
        Carries the counts of rows left out.

    Returns
    -------
    dict
        `head` and `text`.
    """
    return {"head": "Coverage", "text": _coverage(index, sample, about)}


def ranking(index: IndexResult) -> dict[str, Any]:
    """Name the warmest and coldest months, or say that we cannot tell.

    Parameters
    ----------
    index : IndexResult
        The index.

    Returns
    -------
    dict
        `lists` (each with `head` and `rows` of month, index, interval and n) and `note`.

    Notes
    -----
    Where fewer than half of the known months may be ranked, the ends of the ranking are
    not called the warmest and coldest months of the period: months with many statements
    are months in which something happened.
    """
    ranked = index.ranked(BILATERAL)
    rule = (
        f"at least {MIN_OCCASIONS} occasions and an interval of at most "
        f"{wording.number(MAX_HALF_WIDTH)} degrees to either side"
    )
    # A smoothed index is there in all months, monthly means where both sides spoke.
    months = (
        f"{wording.count(index.coverage.n_both, 'month')} in which both sides spoke"
        if index.method == "means"
        else wording.count(index.coverage.n_months, "month")
    )
    if ranked.empty:
        return {
            "lists": [],
            "note": "We cannot tell which months were warmest or coldest: none of "
            f"{months} has {rule}.",
        }
    if not index.can_rank:
        text = (
            "We cannot tell which months of the period were warmest or coldest: only "
            f"{len(ranked):,} of {months} {_has(len(ranked))} {rule}."
        )
        if len(ranked) <= 2 * _N_NAMED:
            lists = [{"head": "Months with enough statements", "rows": _rows(ranked)}]
        else:
            lists = [
                {"head": "Highest of these", "rows": _rows(ranked.iloc[::-1].head(_N_NAMED))},
                {"head": "Lowest of these", "rows": _rows(ranked.head(_N_NAMED))},
            ]
    else:
        text = f"Ranked: {len(ranked):,} of {months}, those with {rule}."
        n_named = min(_N_NAMED, len(ranked) // 2)
        lists = [
            {"head": "Warmest months", "rows": _rows(ranked.iloc[::-1].head(n_named))},
            {"head": "Coldest months", "rows": _rows(ranked.head(n_named))},
        ]
    if len(ranked) > 1 and (_overlap(ranked.head(2)) or _overlap(ranked.tail(2))):
        text += " Intervals overlap: the order within a list is not certain."
    return {"lists": lists, "note": text}


def _has(n: int) -> str:
    return "has" if n == 1 else "have"


def _rows(months: pd.DataFrame) -> list[dict[str, str]]:
    columns = [months[name] for name in ("month", "index", "lower", "upper", "n_statements")]
    return [
        {
            "month": wording.month_name(month),
            "index": wording.degrees(value),
            "interval": wording.interval(lower, upper),
            "n": wording.number(n),
        }
        for month, value, lower, upper, n in zip(*columns, strict=True)
    ]


def _overlap(two: pd.DataFrame) -> bool:
    return bool(two["lower"].max() <= two["upper"].min())


def _level(index: IndexResult) -> str:
    level = mean_level(index)
    sides = [(name, mean_level(index, name)) for name in index.dyad.directions]
    n_both = _n_both(index, level)
    value = wording.estimate(level.mean, level.lower, level.upper, level.confidence)
    if isnan(level.mean):
        why = index.reasons.get(BILATERAL) or "in no month have both a tone"
        text = f"We cannot tell the level of both sides together: {why}."
    elif index.method == "means":
        text = (
            f"The temperature averaged {value}, over the {n_both:,} of "
            f"{wording.count(level.n_months, 'month')} in which both sides spoke."
        )
    else:
        text = (
            f"The temperature averaged {value}, over all {wording.count(level.n_months, 'month')}; "
            f"both sides spoke in {n_both:,} of them."
        )
    told = [
        f"{index.direction_name(name)} {wording.degrees(side.mean)}"
        + ("" if isnan(side.lower) else f" ({wording.interval(side.lower, side.upper)})")
        for name, side in sides
        if not isnan(side.mean)
    ]
    which = "each over its own months" if index.method == "means" else "each over all months"
    return f"{text} By direction, {which}: {wording.listing(told)}." if told else text


def _n_both(index: IndexResult, level: LevelResult) -> int:
    """Count the months of a stretch in which both sides spoke."""
    rows = index.direction(BILATERAL)
    return int(rows["raw"].notna()[rows["month"].between(level.since, level.until)].sum())


def _change(index: IndexResult) -> str:
    found = level_difference(index)
    earlier, later = (
        f"{wording.period_name(level.since, level.until)} ({wording.degrees(level.mean)} degrees, "
        f"both sides spoke in {_n_both(index, level):,} of "
        f"{wording.count(level.n_months, 'month')})"
        for level in (found.earlier, found.later)
    )
    if isnan(found.lower):
        return (
            "We cannot tell whether relations became warmer or colder of late: too few months "
            f"with statements{' of both sides' if index.method == 'means' else ''}."
        )
    told = wording.difference(found.difference, found.lower, found.upper, found.confidence)
    if found.lower <= 0 <= found.upper:
        return (
            f"We cannot tell whether relations became warmer or colder of late: {earlier} and "
            f"{later} {told}."
        )
    return f"{later} {told} than {earlier}."


def _coverage(index: IndexResult, sample: pd.DataFrame, about: About) -> str:
    months = index.coverage
    first, last = sample["date"].min(), sample["date"].max()
    n_speakers = len(sample[["source", "speaker"]].drop_duplicates())
    text = (
        f"{wording.count(index.n_statements, 'statement')} with a tone, by "
        f"{wording.count(n_speakers, 'speaker')}, from {wording.day_name(first)} "
        f"to {wording.day_name(last)}. "
    )
    if months.n_empty:
        verbs = ("has", "counts", "it") if months.n_empty == 1 else ("have", "count", "them")
        bridged = (
            ""
            if isnan(mean_level(index).mean) or index.method == "means"
            else f"; the smoothed index bridges {verbs[2]} with a wider interval"
        )
        text += (
            f"{months.n_empty:,} of {wording.count(months.n_months, 'month')} {verbs[0]} no "
            f"statement at all and {verbs[1]} as missing, not as zero{bridged}. "
        )
    else:
        text += f"Each of the {wording.count(months.n_months, 'month')} has a statement. "
    if months.n_one_side:
        text += f"In {wording.count(months.n_one_side, 'month')} only one side has a tone. "
    if months.n_unscored_only:
        text += (
            f"In {wording.count(months.n_unscored_only, 'month')} there are statements, but none "
            "has a tone. "
        )
    scoring = (
        f"{wording.count(index.n_unscored, 'statement')} could not be scored."
        if index.n_unscored
        else "Every statement could be scored."
    )
    left_out = [
        (about.n_rejected, "bad row", "bad rows"),
        (about.n_set_aside, "row of another dyad", "rows of another dyad"),
    ]
    told = [
        f"{'no' if n == 0 else f'{n:,}'} {one if n == 1 else many}"
        for n, one, many in left_out
        if n is not None
    ]
    aside = f" Set aside: {wording.listing(told)}." if told else ""
    return f"{text}{scoring}{aside}"
