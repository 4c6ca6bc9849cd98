"""Events and episodes as tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from detente import wording
from detente.report.beforehand import how_expected
from detente.report.blocks import part, prose, rich, see, table
from detente.report.codes import code_told
from detente.report.links import linking
from detente.report.tables import days_told, records, text_of, web_address

__all__ = ["EPISODE_WINDOW", "episodes_listing", "events_listing"]

#: Days before and after an episode in which statements are counted.
EPISODE_WINDOW = 30


def episodes_listing(
    episodes: pd.DataFrame, sample: pd.DataFrame, chosen_before_tones: bool | None = None
) -> list[dict[str, Any]]:
    """List the headline episodes of a report that tests none.

    Parameters
    ----------
    episodes : DataFrame
        A row per episode: `first_day`, `last_day`, `label`, `expected`, `kind`, `n_events`.
    sample : DataFrame
        The statements of the dyad and period.
    chosen_before_tones : bool, optional
        Whether they were chosen before any tone was known. Default: not known.

    Returns
    -------
    list of dict
        Blocks.
    """
    if episodes.empty:
        return [prose(wording.say("No headline episode is listed."))]
    window = pd.Timedelta(days=EPISODE_WINDOW)
    days = sample["date"].dt.normalize()
    rows = []
    for number, episode in enumerate(records(episodes), start=1):
        first, last = episode["first_day"], episode["last_day"]
        rows.append(
            [
                str(number),
                days_told(first, last),
                {"text": text_of(episode.get("label")), "is_bold": True},
                code_told(text_of(episode.get("expected"))),
                code_told(text_of(episode.get("kind"))),
                wording.number(episode["n_events"]),
                wording.number(int(days.between(first - window, first, "left").sum())),
                wording.number(int(days.between(last, last + window, "right").sum())),
            ]
        )
    return [
        prose(
            " ".join(
                [
                    wording.say("An episode groups headline events that no data could separate."),
                    how_expected(chosen_before_tones),
                    wording.say(
                        "The last two columns show how many statements stand near it: where they "
                        "are few, nobody can say how tone moved."
                    ),
                ]
            )
        ),
        see(*linking(wording.say("All events are in {place}."), "tab-events")),
        table(
            "tab-episodes",
            wording.say("Headline episodes"),
            [
                (wording.say("No."), "r"),
                (wording.say("Days"), "l36"),
                (wording.say("Episode"), "l*"),
                (wording.say("Expected"), "l"),
                (wording.say("Kind"), "l"),
                (wording.say("Events"), "r"),
                (wording.say("Before"), "r"),
                (wording.say("After"), "r"),
            ],
            rows,
            note=wording.say(
                "Before, After: statements of both sides in the {n} days before the first and "
                "after the last day. Kind: an act is something done; a contact is a meeting, "
                "letter or announcement, which is itself made of statements.",
                n=wording.number(EPISODE_WINDOW),
            ),
            hairlines=True,
        ),
    ]


def events_listing(events: pd.DataFrame, numbers: Mapping[str, int]) -> list[dict[str, Any]]:
    """List all events in the order of their days.

    Parameters
    ----------
    events : DataFrame
        The events.
    numbers : mapping of str to int
        Number of each episode in this report, by its key.

    Returns
    -------
    list of dict
        Blocks; the last column has the number of the episode, and is empty for an event that is
        no headline event, whatever it names.
    """
    if events.empty:
        return [prose(wording.say("No event is listed."))]
    rows = []
    for event in records(events.sort_values("date", kind="stable")):
        key = text_of(event.get("episode")) if event.get("headline") else ""
        title, outlet = text_of(event.get("title")), text_of(event.get("outlet"))
        parts = [part(text_of(event.get("label")), is_bold=True)]
        if title:
            parts.append(part(f". {title}"))
        if outlet:
            parts += [
                part(" (", is_quiet=True),
                part(outlet, is_quiet=True, url=web_address(event.get("url"))),
                part(")", is_quiet=True),
            ]
        rows.append(
            [
                days_told(event["date"], event.get("end_date")),
                rich(*parts),
                code_told(text_of(event.get("expected"))),
                code_told(text_of(event.get("kind"))),
                str(numbers.get(key, "")),
            ]
        )
    return [
        table(
            "tab-events",
            wording.say("All listed events"),
            [
                (wording.say("Day"), "l31"),
                (wording.say("Event"), "l*"),
                (wording.say("Expected"), "l"),
                (wording.say("Kind"), "l"),
                (wording.say("Ep."), "r"),
            ],
            rows,
            note=wording.say("Ep.: number of the headline episode; empty: not a headline event.")
            if numbers
            else "",
            hairlines=True,
        )
    ]
