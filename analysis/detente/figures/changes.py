"""Changes at episodes: which are drawn, and how their verdicts look and read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from detente import wording
from detente.countries import country_name
from detente.figures.theme import COLD, WARM
from detente.index import BILATERAL
from detente.inference import EpisodesResult

__all__ = [
    "SEEN",
    "TESTED",
    "UNTOLD",
    "days_of",
    "dress_of_verdict",
    "forest_note",
    "forest_subtitle",
    "forest_title",
    "most_told",
    "told_change",
    "told_episodes",
    "told_row",
    "what_of",
]

#: Verdicts of changes that stand out, and of all that were tested.
SEEN = ("cooled", "warmed")
TESTED = (*SEEN, "cannot tell")

#: Grey of what cannot be told: lighter than cold, darker than warm, for every eye.
UNTOLD = "#78818b"


def dress_of_verdict(verdict: str) -> tuple[str, str, float]:
    """Return colour, mark and size of a verdict: apart by shape also without colour.

    Parameters
    ----------
    verdict : str
        As in `EpisodesResult.table`.

    Returns
    -------
    tuple
        Colour, marker and its size, points.
    """
    known = {"cooled": (COLD, "v", 5.6), "warmed": (WARM, "^", 5.6)}
    return known.get(verdict, (UNTOLD, "o", 3.6))


def most_told(rows: pd.DataFrame, n: int) -> pd.DataFrame:
    """Choose the episodes that are drawn where there is no room for all.

    Parameters
    ----------
    rows : DataFrame
        Rows of one direction.
    n : int
        So many at most.

    Returns
    -------
    DataFrame
        Those that stand out first, then those tested with the most statements around them; in
        the order in which they came.
    """
    if len(rows) <= n:
        return rows
    order = rows.assign(
        is_seen=rows["verdict"].isin(SEEN),
        is_tested=rows["verdict"].isin(TESTED),
        n=rows["n_before"] + rows["n_after"],
    ).sort_values(["is_seen", "is_tested", "n"], ascending=False, kind="stable")
    return rows.loc[sorted(order.index[: max(n, 0)])]


def days_of(row: Mapping[Any, Any]) -> str:
    """Return the first day of an episode in words.

    Parameters
    ----------
    row : dict
        A row of `EpisodesResult.table`.

    Returns
    -------
    str
        Such as "24 November 2015".
    """
    return wording.day_name(row["first_day"])


def told_change(row: Mapping[Any, Any]) -> str:
    """Return a change with its interval.

    Parameters
    ----------
    row : dict
        A row of `EpisodesResult.table`.

    Returns
    -------
    str
        Such as "−44 (−67 to −21)"; empty where none was estimated.
    """
    if np.isnan(row["level_change"]):
        return ""
    return wording.say(
        "{change} ({interval})",
        change=wording.degrees(row["level_change"]),
        interval=wording.interval(row["lower"], row["upper"]),
    )


def told_row(row: Mapping[Any, Any]) -> str:
    """Return change and verdict of an episode.

    Parameters
    ----------
    row : dict
        A row of `EpisodesResult.table`.

    Returns
    -------
    str
        Such as "−44 (−67 to −21), cooled"; the verdict alone where nothing was estimated.
    """
    verdict = wording.say(row["verdict"])
    return ", ".join(part for part in (told_change(row), verdict) if part)


def told_episodes(rows: pd.DataFrame) -> str:
    """Name episodes with their days, changes and verdicts.

    Parameters
    ----------
    rows : DataFrame
        Rows of `EpisodesResult.table`.

    Returns
    -------
    str
        A sentence; empty without rows.
    """
    told = [
        wording.say(
            "{episode} ({day}): {change}",
            episode=row["label"],
            day=days_of(row),
            change=told_row(row),
        )
        for row in rows.to_dict("records")
    ]
    return f"{'; '.join(told)}." if told else ""


def what_of(result: EpisodesResult, direction: str) -> str:
    """Name a direction.

    Parameters
    ----------
    result : EpisodesResult
        The changes.
    direction : str
        "A>B", "B>A" or "bilateral".

    Returns
    -------
    str
        For the middle of a sentence.
    """
    if direction == BILATERAL:
        return wording.say("both sides together")
    first, _ = result.dyad.directions
    pair = (country_name(result.dyad.a), country_name(result.dyad.b))
    return wording.direction_name(*(pair if direction == first else pair[::-1]))


def forest_title(rows: pd.DataFrame) -> str:
    """Say which changes stand out.

    Parameters
    ----------
    rows : DataFrame
        Rows of one direction.

    Returns
    -------
    str
        A title.
    """
    seen = rows[rows["verdict"].isin(SEEN)]
    n_tested = int(rows["verdict"].isin(TESTED).sum())
    if n_tested == 0:
        return wording.say("No episode could be tested")
    if seen.empty:
        if n_tested == 1:
            return wording.say("We cannot tell a change at the one episode that was tested")
        return wording.say_count(
            "No change at the {n} tested episode stands out",
            "No change at any of {n} tested episodes stands out",
            n_tested,
        )
    told = [
        wording.say("cooled at {episode}", episode=row["label"])
        if row["verdict"] == "cooled"
        else wording.say("warmed at {episode}", episode=row["label"])
        for row in seen.to_dict("records")
    ]
    n_seen, changes = wording.number(len(told)), wording.listing(told)
    if len(told) > 3:
        return wording.say_count(
            "{seen} of {n} tested episode stand out",
            "{seen} of {n} tested episodes stand out",
            n_tested,
            seen=n_seen,
        )
    if len(told) > 1:
        return wording.say_count(
            "{seen} of {n} tested episode stand out: {changes}",
            "{seen} of {n} tested episodes stand out: {changes}",
            n_tested,
            seen=n_seen,
            changes=changes,
        )
    return wording.say_count(
        "{seen} of {n} tested episode stands out: {changes}",
        "{seen} of {n} tested episodes stands out: {changes}",
        n_tested,
        seen=n_seen,
        changes=changes,
    )


def forest_subtitle(result: EpisodesResult, rows: pd.DataFrame, direction: str) -> str:
    """Say what is drawn for each episode.

    Parameters
    ----------
    result : EpisodesResult
        The changes.
    rows : DataFrame
        Its rows of the direction.
    direction : str
        "A>B", "B>A" or "bilateral".

    Returns
    -------
    str
        A subtitle.
    """
    n_untested = int((~rows["verdict"].isin(TESTED)).sum())
    told = wording.say_count(
        "Change of the level at each episode, {direction}, degrees, with {share} intervals; all "
        "fitted jointly to {n} statement",
        "Change of the level at each episode, {direction}, degrees, with {share} intervals; all "
        "fitted jointly to {n} statements",
        result.n_statements,
        direction=what_of(result, direction),
        share=wording.share(result.confidence),
    )
    if not n_untested:
        return told
    return wording.say(
        "{told}; {n} of {all} could not be tested",
        told=told,
        n=wording.number(n_untested),
        all=wording.number(len(rows)),
    )


def forest_note(result: EpisodesResult, rows: pd.DataFrame, n_shown: int) -> str:
    """Say how the marks are read.

    Parameters
    ----------
    result : EpisodesResult
        The changes.
    rows : DataFrame
        Its rows of the direction.
    n_shown : int
        So many of them are drawn.

    Returns
    -------
    str
        Sentences for the foot.
    """
    share = wording.share(result.confidence)
    inner = (
        wording.say(
            "Inner grey: where {share} of {n} histories simulated without a change lie.",
            share=share,
            n=wording.number(result.n_placebo),
        )
        if result.n_placebo
        else wording.say(
            "Inner grey: where {share} of changes would lie by chance alone, by Student's t.",
            share=share,
        )
    )
    parts = [
        inner,
        wording.say(
            "Outer grey: changes that would be seen in fewer than four of five cases, before "
            "adjustment. Line: interval, for the noise and drift of these statements, not for the "
            "scorer's error or the choice of statements. Triangle: stands out after adjustment "
            "for the number of tests. A change coincides with an episode; the data cannot "
            "attribute it to one event."
        ),
    ]
    if rest := len(rows) - n_shown:
        parts.append(
            wording.say("Not drawn: {episodes}.", episodes=wording.count(rest, "further episode"))
        )
    return " ".join(parts)
