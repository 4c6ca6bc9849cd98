"""Sentences about episodes, from the numbers of their tables."""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan
from typing import TYPE_CHECKING, Any

import pandas as pd

from detente import wording
from detente.countries import country_name
from detente.index import BILATERAL
from detente.inference.rows import FIRST_DAYS, mappings
from detente.inference.surroundings import AROUND
from detente.inference.verdicts import BORDERLINE, NOT_SEPARABLE, TESTED, rarely_seen

if TYPE_CHECKING:
    from detente.inference.episodes_result import EpisodesResult

__all__ = [
    "assumptions",
    "by_direction",
    "headline",
    "name_of",
    "p_value",
    "qualifications",
    "sentence_for",
    "sides_seen",
]

_SEEN = ("cooled", "warmed")


def p_value(p: float) -> str:
    """Say a p-value.

    Parameters
    ----------
    p : float
        In [0, 1]; NaN where there is none.

    Returns
    -------
    str
        Three digits; never zero.

    Examples
    --------
    >>> p_value(0.0371), p_value(0.00002)
    ('p = 0.037', 'p under 0.001')
    """
    return "p under 0.001" if p < 0.0005 else f"p = {wording.number(p, 3)}"


def name_of(row: Mapping[str, Any]) -> str:
    """Name an episode by its label and its days.

    Parameters
    ----------
    row : mapping
        With `label`, `first_day` and `last_day`.

    Returns
    -------
    str
        Such as "Su-24 shootdown (24 to 28 November 2015)".
    """
    first, last = row["first_day"], row["last_day"]
    days = wording.day_name(last)
    if first != last:
        is_near = (first.year, first.month) == (last.year, last.month)
        days = f"{first.day if is_near else wording.day_name(first)} to {days}"
    return f"{row['label']} ({days})"


def headline(result: EpisodesResult) -> str:
    """Say what was seen at which episodes, and what could not be.

    Parameters
    ----------
    result : EpisodesResult
        The result.

    Returns
    -------
    str
        From the rows "bilateral".
    """
    rows = result.direction(BILATERAL)
    if rows.empty:
        return "No event is marked as a headline event, so nothing was tested."
    tested = rows[rows["verdict"].isin(TESTED)]
    parts = [
        f"{wording.count(len(tested), 'episode')} of {len(rows)} "
        f"{'was' if len(tested) == 1 else 'were'} tested jointly on "
        f"{wording.count(result.n_statements, 'statement')}"
        f"{', their tones corrected by codings' if result.is_corrected else ''}."
    ]
    for verdict in _SEEN:
        own = mappings(tested[tested["verdict"].eq(verdict)])
        if own:
            named = [
                f"{name_of(row)}, {wording.degrees(row['level_change'])} degrees" for row in own
            ]
            parts.append(f"Statements {verdict} at {'; '.join(named)}.")
    parts += _unseen(tested)
    for verdict, lead in ((NOT_SEPARABLE, "Not separable from others"), ("refused", "Not tested")):
        labels = list(rows.loc[rows["verdict"].eq(verdict), "label"])
        if labels:
            parts.append(f"{lead}: {wording.listing(labels)}.")
    parts.append(sides_seen(result))
    return " ".join(filter(None, parts))


def _unseen(tested: pd.DataFrame) -> list[str]:
    unseen = tested[tested["verdict"].eq("cannot tell")]
    if unseen.empty:
        return []
    low, high = (wording.number(value) for value in (unseen["mde"].min(), unseen["mde"].max()))
    reach = f"{low} degrees" if low == high else f"{low} to {high} degrees, by episode,"
    which = "No other change" if len(unseen) < len(tested) else "No change at any of them"
    return [
        f"{which} of both sides together stands out; one below {reach} would have been seen in "
        "fewer than four of five cases, before adjustment, at "
        f"{wording.listing(list(unseen['label']))}."
    ]


def sides_seen(result: EpisodesResult) -> str:
    """Say where one side's change stands out though that of both together does not.

    Parameters
    ----------
    result : EpisodesResult
        The result.

    Returns
    -------
    str
        A sentence; "" where there is none.
    """
    both = result.direction()
    open_ones = set(both.loc[both["verdict"].eq("cannot tell"), "episode"])
    table = result.table
    rows = table[
        table["direction"].ne("bilateral")
        & table["verdict"].isin(_SEEN)
        & table["episode"].isin(open_ones)
    ]
    if rows.empty:
        return ""
    named = []
    for row in mappings(rows):
        source, target = (country_name(code) for code in str(row["direction"]).split(">"))
        named.append(
            f"{wording.direction_name(source, target)} {row['verdict']} at {row['label']} "
            f"({wording.degrees(row['level_change'])} degrees"
            f"{', borderline' if BORDERLINE in row['reason'] else ''})"
        )
    return f"By direction, each adjusted for its own tests: {'; '.join(named)}."


def sentence_for(result: EpisodesResult, episode: str) -> str:
    """Say what was seen at one episode.

    Parameters
    ----------
    result : EpisodesResult
        The result.
    episode : str
        The episode.

    Returns
    -------
    str
        The change in both directions together, then what qualifies it.
    """
    row = result.change(episode)
    parts = [_finding(result, row)]
    if row["verdict"] in TESTED:
        if row["verdict"] in _SEEN and (row["expected"], row["verdict"]) in (
            ("cooling", "warmed"),
            ("warming", "cooled"),
        ):
            parts.append(f"It was expected to be {row['expected']}.")
        parts += qualifications(result, row)
    parts += by_direction(result, episode)
    return " ".join(parts)


def _finding(result: EpisodesResult, row: Mapping[str, Any]) -> str:
    name, verdict = name_of(row), row["verdict"]
    if verdict not in TESTED:
        text = f"{name} was not tested: " if verdict == "refused" else f"{name} "
        return f"{text}{row['reason']}."
    change = wording.estimate(row["level_change"], row["lower"], row["upper"], result.confidence)
    rows = result.direction(row["direction"])
    tests = wording.count(int(rows["verdict"].isin(TESTED).sum()), "test")
    p = row["p"] if isnan(row["p_placebo"]) else row["p_placebo"]
    told = f"{p_value(p)}; {wording.number(row['p_adjusted'], 3)} after adjustment for {tests}"
    if BORDERLINE in row["reason"]:
        told += f"; {BORDERLINE}"
    if verdict in _SEEN:
        return f"{name} coincides with a change of {change}: statements {verdict} ({told})."
    if row["lower"] <= 0 <= row["upper"]:
        return f"At {name} no change could be seen: {change}, {told}; {rarely_seen(row['mde'])}."
    return f"The change at {name}, {change}, does not stand out among {tests} ({told})."


def qualifications(result: EpisodesResult, row: Mapping[str, Any]) -> list[str]:
    """Say what stands beside a change: other episodes and events, and the first days.

    Parameters
    ----------
    result : EpisodesResult
        The result.
    row : mapping
        A row of its table that was tested.

    Returns
    -------
    list of str
        Sentences.
    """
    parts = []
    others = [name for name in str(row["overlaps"]).split("; ") if name]
    if others:
        labels = [str(result.change(name)["label"]) for name in others]
        stand = "stands" if len(labels) == 1 else "stand"
        parts.append(
            f"{wording.listing(labels)} {stand} in the same window: the data cannot attribute a "
            "change to one event."
        )
        if (together := result.together([str(row["episode"]), *others])) is not None:
            change = wording.estimate(*together, result.confidence)
            them = "both" if len(others) == 1 else "all of them"
            parts.append(f"Over {them} together the change is {change}.")
    near = result.context[result.context["episode"].eq(row["episode"])]
    if len(near):
        stand = "stands" if len(near) == 1 else "stand"
        others_near = wording.count(len(near), "other listed event")
        parts.append(f"{others_near} {stand} within {wording.count(AROUND, 'day')} of it.")
    later = result.without_first_days
    later = later[later["episode"].eq(row["episode"]) & later["direction"].eq(row["direction"])]
    for beside in mappings(later):
        what = f"Without days 0 to {FIRST_DAYS}"
        if beside["verdict"] in TESTED:
            change = wording.estimate(
                beside["level_change"], beside["lower"], beside["upper"], result.confidence
            )
            parts.append(f"{what} the change is {change}.")
        else:
            parts.append(f"{what}: {beside['reason']}.")
    return parts


def by_direction(result: EpisodesResult, episode: str) -> list[str]:
    """Say the change of each direction that was tested.

    Parameters
    ----------
    result : EpisodesResult
        The result.
    episode : str
        The episode.

    Returns
    -------
    list of str
        One sentence, or none.
    """
    told = []
    for direction in result.dyad.directions:
        row = result.change(episode, direction)
        if row["verdict"] in TESTED:
            source, target = (country_name(code) for code in direction.split(">"))
            change = wording.degrees(row["level_change"])
            ends = wording.interval(row["lower"], row["upper"])
            told.append(f"{wording.direction_name(source, target)} {change} ({ends})")
    return [f"By direction: {'; '.join(told)}."] if told else []


def assumptions(result: EpisodesResult) -> tuple[str, ...]:
    """Say what must hold for the figures to mean what they say.

    Parameters
    ----------
    result : EpisodesResult
        The result.

    Returns
    -------
    tuple of str
        One sentence each.
    """
    days = wording.count(result.n_calm_months, "month")
    kept = (
        "Statements of the day of a headline contact are kept, though they are themselves the "
        "event."
        if result.include_contacts
        else f"{wording.count(result.n_left_out, 'statement')} of the day of a headline contact, "
        "which are themselves the event, are left out."
    )
    return (
        "A change at an episode is a lasting step from its first day on, beside all other "
        "episodes; it says when, not why.",
        "Apart from the steps, tone drifts and returns to its mean, with a correlation that "
        "falls off exponentially; statements of one day share a part of their noise.",
        f"The episodes were chosen before any tone was known. {kept}",
        f"{days} of the period {'has' if result.n_calm_months == 1 else 'have'} no listed event "
        "within two months: calendar dates to compare with are few, so histories are simulated.",
        _covered(result.is_corrected),
    )


def _covered(is_corrected: bool) -> str:
    """Say what the intervals cover and what they do not."""
    if is_corrected:
        return (
            "Tones are corrected by codings drawn with known chances: the intervals cover the "
            "noise and the drift of these statements and the errors of the scorer, not what "
            "coders have in common, nor the choice of statements."
        )
    return (
        "The intervals cover the noise and the drift of these statements, not the choice of "
        "statements, nor errors of the scorer that change with the episodes."
    )
