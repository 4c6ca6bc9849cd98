"""What stands beside a change at an episode, and what must hold for it to mean what it says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from detente import wording
from detente.countries import country_name
from detente.inference.rows import FIRST_DAYS, mappings
from detente.inference.surroundings import AROUND
from detente.inference.verdicts import TESTED

if TYPE_CHECKING:
    from detente.inference.episodes_result import EpisodesResult

__all__ = ["assumptions", "by_direction", "qualifications"]


def assumptions(result: EpisodesResult, *, tells_choice: bool = True) -> tuple[str, ...]:
    """Say what must hold for the figures to mean what they say.

    Parameters
    ----------
    result : EpisodesResult
        The result.
    tells_choice : bool, default True
        Whether to say when the episodes were chosen; otherwise it stands to be said elsewhere.

    Returns
    -------
    tuple of str
        One sentence each.
    """
    return (
        wording.say(
            "A change at an episode is a lasting step from its first day on, beside all other "
            "episodes; it says when, not why."
        ),
        wording.say(
            "Apart from the steps, tone drifts and returns to its mean, with a correlation that "
            "falls off exponentially; statements of one day share a part of their noise."
        ),
        *(_chosen(result) if tells_choice else ()),
        wording.say_count(
            "{n} month of the period has no listed event within two months: calendar dates to "
            "compare with are few, so histories are simulated.",
            "{n} months of the period have no listed event within two months: calendar dates to "
            "compare with are few, so histories are simulated.",
            result.n_calm_months,
        ),
        _covered(result.is_corrected),
    )


def _chosen(result: EpisodesResult) -> tuple[str, ...]:
    """Say when the episodes were chosen, and which statements of their days are used."""
    told = {
        True: wording.say("The episodes were chosen before any tone was known."),
        False: wording.say(
            "Episodes were chosen with tones known: p is smaller than it would be for episodes "
            "chosen before, and proves nothing."
        ),
        None: wording.say(
            "Whether the episodes were chosen before any tone was known is not stated; p means "
            "what it says only if they were."
        ),
    }
    before = told[result.chosen_before_tones]
    if not result.include_contacts and not result.n_left_out:
        return (before,)
    kept = (
        wording.say(
            "Statements of the day of a headline contact are kept, though they are themselves the "
            "event."
        )
        if result.include_contacts
        else wording.say_count(
            "{n} statement of the day of a headline contact, which are themselves the event, are "
            "left out.",
            "{n} statements of the day of a headline contact, which are themselves the event, are "
            "left out.",
            result.n_left_out,
        )
    )
    return (f"{before} {kept}",)


def _covered(is_corrected: bool) -> str:
    """Say what the intervals cover and what they do not."""
    if is_corrected:
        return wording.say(
            "Tones are corrected by codings drawn with known chances: the intervals cover the "
            "noise and the drift of these statements and the errors of the scorer, not what "
            "coders have in common, nor the choice of statements."
        )
    return wording.say(
        "The intervals cover the noise and the drift of these statements, not the choice of "
        "statements, nor errors of the scorer that change with the episodes."
    )


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
        named = wording.listing(labels)
        parts.append(
            wording.say(
                "{episode} stands in the same window: the data cannot attribute a change to one "
                "event.",
                episode=named,
            )
            if len(labels) == 1
            else wording.say(
                "{episodes} stand in the same window: the data cannot attribute a change to one "
                "event.",
                episodes=named,
            )
        )
        if (together := result.together([str(row["episode"]), *others])) is not None:
            change = wording.estimate(*together, result.confidence)
            parts.append(
                wording.say("Over both together the change is {change}.", change=change)
                if len(others) == 1
                else wording.say("Over all of them together the change is {change}.", change=change)
            )
    near = result.context[result.context["episode"].eq(row["episode"])]
    if len(near):
        parts.append(
            wording.say_count(
                "{n} other listed event stands within {days} of it.",
                "{n} other listed events stand within {days} of it.",
                len(near),
                days=wording.count(AROUND, "day"),
            )
        )
    later = result.without_first_days
    later = later[later["episode"].eq(row["episode"]) & later["direction"].eq(row["direction"])]
    for beside in mappings(later):
        last = wording.number(FIRST_DAYS)
        if beside["verdict"] in TESTED:
            # No histories were simulated for it: Student's interval, narrower than the one above
            # it, would look like a verdict.
            parts.append(
                wording.say(
                    "Without days 0 to {last} the change is {change} degrees, without a verdict.",
                    last=last,
                    change=wording.degrees(beside["level_change"]),
                )
            )
        else:
            parts.append(
                wording.say(
                    "Without days 0 to {last}: {reason}.", last=last, reason=beside["reason"]
                )
            )
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
    return [wording.say("By direction: {changes}.", changes="; ".join(told))] if told else []
