"""Sentences about episodes, from the numbers of their tables."""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan
from typing import TYPE_CHECKING, Any

import pandas as pd

from detente import wording
from detente.countries import country_name
from detente.index import BILATERAL
from detente.inference.caveats import by_direction, qualifications
from detente.inference.rows import mappings
from detente.inference.verdicts import BORDERLINE, NOT_SEPARABLE, TESTED, rarely_seen

if TYPE_CHECKING:
    from detente.inference.episodes_result import EpisodesResult

__all__ = [
    "coincides",
    "headline",
    "name_of",
    "p_value",
    "sentence_for",
    "sides_seen",
    "untested",
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
    if p < 0.0005:
        return wording.say("p under {p}", p=wording.number(0.001, 3))
    return wording.say("p = {p}", p=wording.number(p, 3))


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
    days = wording.days_name(row["first_day"], row["last_day"])
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
        return wording.say("No event is marked as a headline event, so nothing was tested.")
    tested = rows[rows["verdict"].isin(TESTED)]
    statements = wording.count(result.n_statements, "statement")
    all_of_them = wording.number(len(rows))
    parts = [
        wording.say_count(
            "{n} episode of {all} was tested jointly on {statements}, their tones corrected by "
            "codings.",
            "{n} episodes of {all} were tested jointly on {statements}, their tones corrected by "
            "codings.",
            len(tested),
            all=all_of_them,
            statements=statements,
        )
        if result.is_corrected
        else wording.say_count(
            "{n} episode of {all} was tested jointly on {statements}.",
            "{n} episodes of {all} were tested jointly on {statements}.",
            len(tested),
            all=all_of_them,
            statements=statements,
        )
    ]
    if cooled := _named(tested, "cooled"):
        parts.append(wording.say("Statements cooled at {episodes}.", episodes=cooled))
    if warmed := _named(tested, "warmed"):
        parts.append(wording.say("Statements warmed at {episodes}.", episodes=warmed))
    parts += _unseen(tested)
    if labels := list(rows.loc[rows["verdict"].eq(NOT_SEPARABLE), "label"]):
        named = wording.listing(labels)
        parts.append(wording.say("Not separable from others: {episodes}.", episodes=named))
    if labels := list(rows.loc[rows["verdict"].eq("refused"), "label"]):
        parts.append(wording.say("Not tested: {episodes}.", episodes=wording.listing(labels)))
    parts.append(sides_seen(result))
    return " ".join(filter(None, parts))


def _named(tested: pd.DataFrame, verdict: str) -> str:
    return "; ".join(
        wording.say(
            "{episode}, {change} degrees",
            episode=name_of(row),
            change=wording.degrees(row["level_change"]),
        )
        for row in mappings(tested[tested["verdict"].eq(verdict)])
    )


def _unseen(tested: pd.DataFrame) -> list[str]:
    unseen = tested[tested["verdict"].eq("cannot tell")]
    if unseen.empty:
        return []
    low, high = (wording.number(value) for value in (unseen["mde"].min(), unseen["mde"].max()))
    reach = (
        wording.say("{low} degrees", low=low)
        if low == high
        else wording.say("{low} to {high} degrees, by episode,", low=low, high=high)
    )
    named = wording.listing(list(unseen["label"]))
    if len(unseen) < len(tested):
        return [
            wording.say(
                "No other change of both sides together stands out; one below {reach} would have "
                "been seen in fewer than four of five cases, before adjustment, at {episodes}.",
                reach=reach,
                episodes=named,
            )
        ]
    return [
        wording.say(
            "No change at any of them of both sides together stands out; one below {reach} would "
            "have been seen in fewer than four of five cases, before adjustment, at {episodes}.",
            reach=reach,
            episodes=named,
        )
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
        change = wording.degrees(row["level_change"])
        told = {
            "direction": wording.direction_name(source, target),
            "episode": row["label"],
            "change": wording.say("{change} degrees, borderline", change=change)
            if result.is_borderline(row)
            else wording.say("{change} degrees", change=change),
        }
        named.append(
            wording.say("{direction} cooled at {episode} ({change})", **told)
            if row["verdict"] == "cooled"
            else wording.say("{direction} warmed at {episode} ({change})", **told)
        )
    return wording.say(
        "By direction, each adjusted for its own tests: {changes}.", changes="; ".join(named)
    )


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
        if (row["expected"], row["verdict"]) == ("cooling", "warmed"):
            parts.append(wording.say("It was expected to be cooling."))
        if (row["expected"], row["verdict"]) == ("warming", "cooled"):
            parts.append(wording.say("It was expected to be warming."))
        parts += qualifications(result, row)
    parts += by_direction(result, episode)
    return " ".join(parts)


def _finding(result: EpisodesResult, row: Mapping[str, Any]) -> str:
    name, verdict = name_of(row), row["verdict"]
    if verdict not in TESTED:
        return untested(row)
    change = wording.estimate(row["level_change"], row["lower"], row["upper"], result.confidence)
    rows = result.direction(row["direction"])
    tests = wording.count(int(rows["verdict"].isin(TESTED).sum()), "test")
    p = row["p"] if isnan(row["p_placebo"]) else row["p_placebo"]
    told = wording.say(
        "{p}; {adjusted} after adjustment for {tests}",
        p=p_value(p),
        adjusted=wording.number(row["p_adjusted"], 3),
        tests=tests,
    )
    if result.is_borderline(row):
        told += f"; {wording.say(BORDERLINE)}"
    if verdict in _SEEN:
        return coincides(row, change, told)
    if row["lower"] <= 0 <= row["upper"]:
        return wording.say(
            "At {episode} no change could be seen: {change}, {p}; {reach}.",
            episode=name,
            change=change,
            p=told,
            reach=rarely_seen(row["mde"]),
        )
    return wording.say(
        "The change at {episode}, {change}, does not stand out among {tests} ({p}).",
        episode=name,
        change=change,
        tests=tests,
        p=told,
    )


def untested(row: Mapping[str, Any]) -> str:
    """Say why an episode has no change of its own.

    Parameters
    ----------
    row : mapping
        A row of `EpisodesResult.table` that was refused or is not separable.

    Returns
    -------
    str
        A sentence.
    """
    told = {"episode": name_of(row), "reason": row["reason"]}
    if row["verdict"] == "refused":
        return wording.say("{episode} was not tested: {reason}.", **told)
    return wording.say("{episode} {reason}.", **told)


def coincides(row: Mapping[str, Any], change: str, p: str) -> str:
    """Say with which change an episode coincides.

    Parameters
    ----------
    row : mapping
        A row of `EpisodesResult.table` that cooled or warmed.
    change, p : str
        The change with its interval, and its p-value, in words.

    Returns
    -------
    str
        A sentence.
    """
    told = {"episode": name_of(row), "change": change, "p": p}
    if row["verdict"] == "cooled":
        return wording.say(
            "{episode} coincides with a change of {change}: statements cooled ({p}).", **told
        )
    return wording.say(
        "{episode} coincides with a change of {change}: statements warmed ({p}).", **told
    )
