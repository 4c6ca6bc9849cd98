"""Page 1 in one sentence, computed from the numbers."""

from __future__ import annotations

import re
from datetime import date
from math import isnan

from detente import wording
from detente.countries import country_name
from detente.index import BILATERAL, IndexResult, level_difference, mean_level

__all__ = ["headline", "officials", "stretch_name"]

_WINDOW = re.compile(r"(\d{4})-(\d{2}) to (\d{4})-(\d{2})")


def officials(index: IndexResult) -> str:
    """Name who speaks.

    Parameters
    ----------
    index : IndexResult
        The index.

    Returns
    -------
    str
        "officials of A and B".
    """
    names = [country_name(code) for code in (index.dyad.a, index.dyad.b)]
    return f"officials of {wording.listing(names)}"


def headline(index: IndexResult) -> str:
    """Say in one sentence how officials spoke of late, and whether otherwise than before.

    Parameters
    ----------
    index : IndexResult
        The index.

    Returns
    -------
    str
        One sentence; where an interval takes in zero it says that we cannot tell.

    Notes
    -----
    Told is the mean of the last twelve months (of the last half, where the period has fewer than
    twenty-four) beside as many before, which says more than a single month.
    """
    who = officials(index)
    found = level_difference(index)
    level, months = found.later, found.later.n_months
    if isnan(level.mean):
        level, months = mean_level(index), len(index.months)
    if isnan(level.mean):
        why = index.reasons.get(BILATERAL) or "in no month have both sides a tone"
        return f"We cannot tell how {who} spoke of each other: {why}."
    when = _when(level.since, level.until)
    value = f"{wording.degrees(level.mean)} degrees"
    if not isnan(level.lower):
        ends = wording.interval(level.lower, level.upper)
        value += f", {wording.share(level.confidence)} confidence interval {ends}"
    earlier = f"the {wording.count(months, 'month')} before" if months > 1 else "the month before"
    is_known = not (isnan(found.lower) or isnan(found.upper))
    if isnan(level.lower) or level.lower <= 0 <= level.upper:
        text = (
            f"We cannot tell whether {who} spoke more warmly or more coldly of each other {when} "
            f"({value})"
        )
        if not is_known or found.lower <= 0 <= found.upper:
            return f"{text}, nor whether it differed from {earlier}."
        than = "warmer" if found.lower > 0 else "colder"
        return f"{text}, but it was {than} than in {earlier}{_by(found.difference)}."
    spoke = "more warmly than coldly" if level.lower > 0 else "more coldly than warmly"
    text = f"{when[:1].upper()}{when[1:]}, {who} spoke {spoke} of each other ({value})"
    if not is_known or found.lower <= 0 <= found.upper:
        return f"{text}; we cannot tell whether it was warmer or colder than in {earlier}."
    than = "warmer" if found.lower > 0 else "colder"
    return f"{text}, {than} than in {earlier}{_by(found.difference)}."


def _when(since: date, until: date) -> str:
    if since.year == until.year and (since.month, until.month) == (1, 12):
        return f"in {since.year}"
    name = wording.period_name(since, until)
    return (
        f"in {name}" if (since.year, since.month) == (until.year, until.month) else f"from {name}"
    )


def _by(difference: float) -> str:
    size = abs(difference)
    return f" by {wording.number(size)} degrees" if size >= 1.5 else ""


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
    found = _WINDOW.fullmatch(name)
    if found is None:
        return name
    year, month, last_year, last_month = map(int, found.groups())
    return wording.period_name(date(year, month, 1), date(last_year, last_month, 1))
