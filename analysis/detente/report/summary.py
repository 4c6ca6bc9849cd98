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
        {"head": wording.say("Level"), "text": _level(index)},
        {"head": wording.say("Recent change"), "text": _change(index)},
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
    return {"head": wording.say("Coverage"), "text": _coverage(index, sample, about)}


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
    # A smoothed index is there in all months, monthly means where both sides spoke.
    months = (
        wording.say_count(
            "{n} month in which both sides spoke",
            "{n} months in which both sides spoke",
            index.coverage.n_both,
        )
        if index.method == "means"
        else wording.count(index.coverage.n_months, "month")
    )
    parts = {
        "months": months,
        "least": wording.number(MIN_OCCASIONS),
        "most": wording.number(MAX_HALF_WIDTH),
    }
    if ranked.empty:
        return {
            "lists": [],
            "note": wording.say(
                "We cannot tell which months were warmest or coldest: none of {months} has at "
                "least {least} occasions and an interval of at most {most} degrees to either "
                "side.",
                **parts,
            ),
        }
    if not index.can_rank:
        text = wording.say_count(
            "We cannot tell which months of the period were warmest or coldest: only {n} of "
            "{months} has at least {least} occasions and an interval of at most {most} degrees to "
            "either side.",
            "We cannot tell which months of the period were warmest or coldest: only {n} of "
            "{months} have at least {least} occasions and an interval of at most {most} degrees "
            "to either side.",
            len(ranked),
            **parts,
        )
        if len(ranked) <= 2 * _N_NAMED:
            lists = [{"head": wording.say("Months with enough statements"), "rows": _rows(ranked)}]
        else:
            highest = _rows(ranked.iloc[::-1].head(_N_NAMED))
            lists = [
                {"head": wording.say("Highest of these"), "rows": highest},
                {"head": wording.say("Lowest of these"), "rows": _rows(ranked.head(_N_NAMED))},
            ]
    else:
        text = wording.say(
            "Ranked: {n} of {months}, those with at least {least} occasions and an interval of at "
            "most {most} degrees to either side.",
            n=wording.number(len(ranked)),
            **parts,
        )
        n_named = min(_N_NAMED, len(ranked) // 2)
        warmest = _rows(ranked.iloc[::-1].head(n_named))
        lists = [
            {"head": wording.say("Warmest months"), "rows": warmest},
            {"head": wording.say("Coldest months"), "rows": _rows(ranked.head(n_named))},
        ]
    if len(ranked) > 1 and (_overlap(ranked.head(2)) or _overlap(ranked.tail(2))):
        overlap = wording.say("Intervals overlap: the order within a list is not certain.")
        text = f"{text} {overlap}"
    return {"lists": lists, "note": text}


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
    parts = {"value": value, "months": wording.count(level.n_months, "month")}
    if isnan(level.mean):
        text = wording.say(
            "We cannot tell the level of both sides together: {why}.",
            why=index.reasons.get(BILATERAL) or wording.say("in no month have both a tone"),
        )
    elif index.method == "means":
        text = wording.say(
            "The temperature averaged {value}, over the {n} of {months} in which both sides spoke.",
            n=wording.number(n_both),
            **parts,
        )
    else:
        text = wording.say(
            "The temperature averaged {value}, over all {months}; both sides spoke in {n} of them.",
            n=wording.number(n_both),
            **parts,
        )
    told = [
        f"{index.direction_name(name)} {wording.degrees(side.mean)}"
        + ("" if isnan(side.lower) else f" ({wording.interval(side.lower, side.upper)})")
        for name, side in sides
        if not isnan(side.mean)
    ]
    if not told:
        return text
    listed = wording.listing(told)
    by_direction = (
        wording.say("By direction, each over its own months: {levels}.", levels=listed)
        if index.method == "means"
        else wording.say("By direction, each over all months: {levels}.", levels=listed)
    )
    return f"{text} {by_direction}"


def _n_both(index: IndexResult, level: LevelResult) -> int:
    """Count the months of a stretch in which both sides spoke."""
    rows = index.direction(BILATERAL)
    return int(rows["raw"].notna()[rows["month"].between(level.since, level.until)].sum())


def _change(index: IndexResult) -> str:
    found = level_difference(index)
    earlier, later = (
        wording.say(
            "{period} ({value} degrees, both sides spoke in {n} of {months})",
            period=wording.period_name(level.since, level.until),
            value=wording.degrees(level.mean),
            n=wording.number(_n_both(index, level)),
            months=wording.count(level.n_months, "month"),
        )
        for level in (found.earlier, found.later)
    )
    if isnan(found.lower):
        if index.method == "means":
            return wording.say(
                "We cannot tell whether relations became warmer or colder of late: too few months "
                "with statements of both sides."
            )
        return wording.say(
            "We cannot tell whether relations became warmer or colder of late: too few months "
            "with statements."
        )
    told = wording.difference(found.difference, found.lower, found.upper, found.confidence)
    if found.lower <= 0 <= found.upper:
        return wording.say(
            "We cannot tell whether relations became warmer or colder of late: {earlier} and "
            "{later} {told}.",
            earlier=earlier,
            later=later,
            told=told,
        )
    return wording.say("{later} {told} than {earlier}.", later=later, told=told, earlier=earlier)


def _coverage(index: IndexResult, sample: pd.DataFrame, about: About) -> str:
    months = index.coverage
    first, last = sample["date"].min(), sample["date"].max()
    n_speakers = len(sample[["source", "speaker"]].drop_duplicates())
    n_months = wording.count(months.n_months, "month")
    told = [
        wording.say(
            "{statements} with a tone, by {speakers}, from {first} to {last}.",
            statements=wording.count(index.n_statements, "statement"),
            speakers=wording.count(n_speakers, "speaker"),
            first=wording.day_name(first),
            last=wording.day_name(last),
        )
    ]
    if months.n_empty:
        is_bridged = not (isnan(mean_level(index).mean) or index.method == "means")
        told.append(_empty(months.n_empty, n_months, is_bridged=is_bridged))
    else:
        told.append(wording.say("Each of the {months} has a statement.", months=n_months))
    if months.n_one_side:
        told.append(
            wording.say_count(
                "In {n} month only one side has a tone.",
                "In {n} months only one side has a tone.",
                months.n_one_side,
            )
        )
    if months.n_unscored_only:
        told.append(
            wording.say_count(
                "In {n} month there are statements, but none has a tone.",
                "In {n} months there are statements, but none has a tone.",
                months.n_unscored_only,
            )
        )
    told.append(
        wording.say_count(
            "{n} statement could not be scored.",
            "{n} statements could not be scored.",
            index.n_unscored,
        )
        if index.n_unscored
        else wording.say("Every statement could be scored.")
    )
    left_out = []
    if about.n_rejected is not None:
        left_out.append(
            wording.say_count("{n} bad row", "{n} bad rows", about.n_rejected)
            if about.n_rejected
            else wording.say("no bad rows")
        )
    if about.n_set_aside is not None:
        left_out.append(
            wording.say_count(
                "{n} row of another dyad", "{n} rows of another dyad", about.n_set_aside
            )
            if about.n_set_aside
            else wording.say("no rows of another dyad")
        )
    if left_out:
        told.append(wording.say("Set aside: {rows}.", rows=wording.listing(left_out)))
    return " ".join(told)


def _empty(n: int, months: str, *, is_bridged: bool) -> str:
    if is_bridged:
        return wording.say_count(
            "{n} of {months} has no statement at all and counts as missing, not as zero; the "
            "smoothed index bridges it with a wider interval.",
            "{n} of {months} have no statement at all and count as missing, not as zero; the "
            "smoothed index bridges them with a wider interval.",
            n,
            months=months,
        )
    return wording.say_count(
        "{n} of {months} has no statement at all and counts as missing, not as zero.",
        "{n} of {months} have no statement at all and count as missing, not as zero.",
        n,
        months=months,
    )
