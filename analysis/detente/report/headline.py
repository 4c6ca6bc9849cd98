"""Page 1 in one sentence, computed from the numbers."""

from __future__ import annotations

import re
from datetime import date
from math import isnan

from detente import wording
from detente.countries import country_in_text
from detente.index import (
    BILATERAL,
    DifferenceResult,
    IndexResult,
    LevelResult,
    level_difference,
    mean_level,
)

__all__ = ["headline", "stretch_name"]

#: Name of a stretch of months, as results have it.
_STRETCH = re.compile(r"(\d{4})-(\d{2}) to (\d{4})-(\d{2})")


def headline(index: IndexResult) -> str:
    """Say in one sentence how officials spoke of late, and whether otherwise than before.

    Parameters
    ----------
    index : IndexResult
        The index.

    Returns
    -------
    str
        One sentence; where an interval takes in zero it says that we cannot tell. A second one
        where the scatter of statements is hardly known.

    Notes
    -----
    Told is the mean of the last twelve months (of the last half, where the period has fewer than
    twenty-four) beside as many before, which says more than a single month.
    """
    a, b = (country_in_text(code) for code in (index.dyad.a, index.dyad.b))
    found = level_difference(index)
    level, months = found.later, found.later.n_months
    # Without a tone in the months before there is nothing to compare with.
    has_before = not (isnan(level.mean) or isnan(found.earlier.mean)) and len(index.months) > 1
    if isnan(level.mean):
        level = mean_level(index)
    if isnan(level.mean):
        return wording.say(
            "We cannot tell how officials of {a} and {b} spoke of each other: {why}.",
            a=a,
            b=b,
            why=index.reasons.get(BILATERAL) or wording.say("in no month have both sides a tone"),
        )
    parts = {"a": a, "b": b, "value": _value(level)}
    when = _when(level.since, level.until)
    change = _change(found, months)
    if isnan(level.lower) or level.lower <= 0 <= level.upper:
        if not has_before:
            return wording.say(
                "We cannot tell whether officials of {a} and {b} spoke more warmly or more coldly "
                "of each other {when} ({value}).",
                when=when,
                **parts,
            )
        if not change:
            return wording.say_count(
                "We cannot tell whether officials of {a} and {b} spoke more warmly or more coldly "
                "of each other {when} ({value}), nor whether it differed from the month before.",
                "We cannot tell whether officials of {a} and {b} spoke more warmly or more coldly "
                "of each other {when} ({value}), nor whether it differed from the {n} months "
                "before.",
                months,
                when=when,
                **parts,
            )
        text = wording.say(
            "We cannot tell whether officials of {a} and {b} spoke more warmly or more coldly of "
            "each other {when} ({value}), but it was {change}.",
            when=when,
            change=change,
            **parts,
        )
        return f"{text}{_caveat(index)}"
    parts["when"] = wording.capital(when)
    text = (
        wording.say(
            "{when}, officials of {a} and {b} spoke more warmly than coldly of each other "
            "({value})",
            **parts,
        )
        if level.lower > 0
        else wording.say(
            "{when}, officials of {a} and {b} spoke more coldly than warmly of each other "
            "({value})",
            **parts,
        )
    )
    if change:
        return f"{text}, {change}.{_caveat(index)}"
    if not has_before:
        return f"{text}.{_caveat(index)}"
    text = wording.say_count(
        "{text}; we cannot tell whether it was warmer or colder than in the month before.",
        "{text}; we cannot tell whether it was warmer or colder than in the {n} months before.",
        months,
        text=text,
    )
    return f"{text}{_caveat(index)}"


def _caveat(index: IndexResult) -> str:
    """Qualify what is told where months have too few statements to show how these scatter."""
    if index.is_scatter_known:
        return ""
    told = wording.say_count(
        "Take this with care: how statements scatter within a month is hardly known ({n} degree "
        "of freedom).",
        "Take this with care: how statements scatter within a month is hardly known ({n} degrees "
        "of freedom).",
        round(index.df),
    )
    return f" {told}"


def _value(level: LevelResult) -> str:
    value = wording.degrees(level.mean)
    if isnan(level.lower):
        return wording.say("{value} degrees", value=value)
    return wording.say(
        "{value} degrees, {share} confidence interval {interval}",
        value=value,
        share=wording.share(level.confidence),
        interval=wording.interval(level.lower, level.upper),
    )


def _when(since: date, until: date) -> str:
    if since.year == until.year and (since.month, until.month) == (1, 12):
        return wording.say("in {year}", year=since.year)
    first, last = wording.month_name(since), wording.month_name(until)
    if first == last:
        return wording.say("in {month}", month=first)
    return wording.say("from {first} to {last}", first=first, last=last)


def _change(found: DifferenceResult, months: int) -> str:
    """Say how the last months compare with as many before; empty where that is open."""
    if isnan(found.lower) or isnan(found.upper) or found.lower <= 0 <= found.upper:
        return ""
    size = wording.number(abs(found.difference))
    is_small = abs(found.difference) < 1.5
    if found.lower > 0:
        return (
            wording.say_count(
                "warmer than in the month before", "warmer than in the {n} months before", months
            )
            if is_small
            else wording.say_count(
                "warmer than in the month before by {size} degrees",
                "warmer than in the {n} months before by {size} degrees",
                months,
                size=size,
            )
        )
    return (
        wording.say_count(
            "colder than in the month before", "colder than in the {n} months before", months
        )
        if is_small
        else wording.say_count(
            "colder than in the month before by {size} degrees",
            "colder than in the {n} months before by {size} degrees",
            months,
            size=size,
        )
    )


def stretch_name(name: str) -> str:
    """Print the name of a stretch of months.

    Parameters
    ----------
    name : str
        Such as "2015-07 to 2016-05", or any other name.

    Returns
    -------
    str
        Months in words; another name as it is.

    Examples
    --------
    >>> stretch_name("2015-07 to 2016-05"), stretch_name("crisis")
    ('July 2015 to May 2016', 'crisis')
    """
    found = _STRETCH.fullmatch(name)
    if found is None:
        return name
    year, month, last_year, last_month = map(int, found.groups())
    return wording.period_name(date(year, month, 1), date(last_year, last_month, 1))
