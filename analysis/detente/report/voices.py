"""Who spoke and how: the chapter on speakers, channels, weights and numbers of statements."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from detente import wording
from detente.index import BILATERAL
from detente.inference import CONTACT_CHANNELS, VoicesResult
from detente.report.blocks import heading, must_hold, prose, table
from detente.report.codes import code_told

__all__ = ["voices_blocks"]

#: Groups printed of each grouping.
_N_GROUPS = 6
_WEIGHTS = {
    "occasion": wording.mark("By occasion"),
    "office": wording.mark("By office"),
    "day": wording.mark("By day"),
    "none": wording.mark("By statement"),
}
_GROUPINGS = {
    "office": wording.mark("Office"),
    "channel": wording.mark("Channel"),
    "topic": wording.mark("Topic"),
}
_CONTACTS = {
    "phone_call": wording.mark("Phone calls"),
    "meeting": wording.mark("Meetings"),
    "letter": wording.mark("Letters"),
    "joint_statement": wording.mark("Joint statements"),
}


def voices_blocks(result: VoicesResult) -> list[dict[str, Any]]:
    """Return the chapter.

    Parameters
    ----------
    result : VoicesResult
        Who spoke and how.

    Returns
    -------
    list of dict
        Blocks.
    """
    parts = [
        (wording.say("Speakers"), [result.speakers_sentence], _speakers(result)),
        (
            wording.say("Channels and contacts"),
            [result.unilateral_sentence, result.contacts_sentence],
            _contacts(result),
        ),
        (wording.say("Weights"), [result.weightings_sentence], _weightings(result)),
        (
            wording.say("Number of statements, and later searches"),
            [result.counts_sentence, result.searches_sentence],
            [],
        ),
        (wording.say("Tone by group"), [], _groups(result)),
    ]
    blocks: list[dict[str, Any]] = []
    for head, texts, tables in parts:
        told = [prose(text) for text in texts if text]
        if told or tables:
            blocks += [heading(head), *told, *tables]
    return [*blocks, must_hold(result.assumptions)]


def _speakers(result: VoicesResult) -> list[dict[str, Any]]:
    if result.speakers.empty:
        return []
    rows = [
        [
            {"text": str(row["speaker"]), "is_bold": True},
            result.headline.direction_name(row["direction"]),
            wording.number(row["n_statements"]),
            wording.share(row["share"]),
            wording.number(row["months_lost"]),
            *_compared(row),
        ]
        for row in result.speakers.to_dict("records")
    ]
    return [
        table(
            "tab-speakers",
            wording.say("The index of both sides together without one speaker"),
            [
                (wording.say("Without"), "l*"),
                (wording.say("Side"), "l36"),
                ("n", "r"),
                (wording.say("Share"), "r"),
                (wording.say("Months lost"), "r13"),
                (wording.say("Mean"), "r"),
                (wording.say("Largest"), "r"),
                (wording.say_as("month", "in"), "l25"),
                (wording.say("Corr."), "r"),
            ],
            rows,
            note=" ".join(
                [
                    wording.say(
                        "n: statements of the speaker with a tone; share: of all. Months lost: "
                        "months in which both sides no longer speak."
                    ),
                    wording.say(_COMPARED),
                ]
            ),
            hairlines=True,
        )
    ]


_COMPARED = wording.mark(
    "Mean: mean distance from the headline index, degrees; Largest: the largest distance of a "
    "month; Corr.: correlation with the headline index."
)


def _compared(row: Mapping[Any, Any]) -> list[str]:
    """Print how far an index lies from the headline's."""
    if not row["n_months"]:
        return ["–"] * 4
    return [
        wording.degrees(row["mean_difference"], 1),
        wording.degrees(row["largest_difference"]),
        wording.month_name(row["month"]),
        wording.number(row["correlation"], 2),
    ]


def _contacts(result: VoicesResult) -> list[dict[str, Any]]:
    blocks = []
    found = result.unilateral_difference
    if result.unilateral is not None and found["n_months"]:
        years = _years(result)
        blocks.append(
            table(
                "tab-unilateral",
                wording.say(
                    "The index of all channels and of unilateral ones by year, both sides together"
                ),
                [
                    (wording.say("Year"), "l"),
                    (wording.say("All channels"), "r"),
                    (wording.say("Unilateral"), "r"),
                    (wording.say("Difference"), "r"),
                    (wording.say("Statements"), "r"),
                    (wording.say("of them unilateral"), "r"),
                ],
                years,
                note=wording.say(
                    "Degrees, means of the year's months that have both. Unilateral: remarks, "
                    "interviews, speeches and written statements. By year the difference is of "
                    "what was found, without an interval."
                ),
            )
        )
    if result.contacts.empty:
        return blocks
    contacts = result.contacts
    contacts = contacts[contacts["unit"].eq("year") & contacts["direction"].eq(BILATERAL)]
    confidence = wording.share(result.headline.confidence)
    blocks.append(
        table(
            "tab-contacts",
            wording.say("Contacts by year, occasions of both sides"),
            [
                (wording.say("Year"), "l"),
                *((wording.say(_CONTACTS[name]), "r") for name in CONTACT_CHANNELS),
                (wording.say("All occasions"), "r"),
                (wording.say("Share of contacts"), "r"),
                (wording.say("{share} interval", share=confidence), "r"),
            ],
            [
                [
                    str(row["period"].year),
                    *(wording.number(row[name]) for name in CONTACT_CHANNELS),
                    wording.number(row["n_occasions"]),
                    wording.share(row["share"]) if row["n_occasions"] else "–",
                    wording.say(
                        "{low} to {high}",
                        low=wording.share(row["lower"]),
                        high=wording.share(row["upper"]),
                    )
                    if row["n_occasions"]
                    else "–",
                ]
                for row in contacts.to_dict("records")
            ],
        )
    )
    return blocks


def _years(result: VoicesResult) -> list[list[Any]]:
    months = result.table[result.table["direction"].eq(BILATERAL)]
    rows = []
    for year, own in months.groupby(months["month"].dt.year):
        both = own[own["index"].notna() & own["unilateral"].notna()]
        if both.empty:
            continue
        whole, part = both["index"].mean(), both["unilateral"].mean()
        rows.append(
            [
                str(year),
                wording.degrees(whole),
                wording.degrees(part),
                {"text": wording.degrees(part - whole), "is_bold": True},
                wording.number(own["n_statements"].sum()),
                wording.number(own["n_unilateral"].sum()),
            ]
        )
    return rows


def _weightings(result: VoicesResult) -> list[dict[str, Any]]:
    rest = result.weightings[~result.weightings["is_headline"]]
    if rest.empty:
        return []
    return [
        table(
            "tab-weights",
            wording.say("The index of both sides together under other weights"),
            [
                (wording.say("Weights"), "l"),
                (wording.say("Mean"), "r"),
                (wording.say("Largest"), "r"),
                (wording.say_as("month", "in"), "l"),
                (wording.say("Corr."), "r"),
            ],
            [
                [wording.say(_WEIGHTS[row["weights"]]), *_compared(row)]
                for row in rest.to_dict("records")
            ],
            note=wording.say(_COMPARED),
        )
    ]


def _groups(result: VoicesResult) -> list[dict[str, Any]]:
    groups = result.groups
    if groups.empty:
        return []
    sides = result.headline.dyad.directions
    rows = []
    for grouping, head in _GROUPINGS.items():
        own = groups[groups["grouping"].eq(grouping)]
        order = (
            own.groupby("group")["n_statements"].sum().sort_values(ascending=False, kind="stable")
        )
        for i, name in enumerate(order.index[:_N_GROUPS]):
            words = str(name).replace("_", " ")
            # Offices and channels are fixed; topics are the study's own words.
            told = words if grouping == "topic" else code_told(words)
            cells: list[Any] = [wording.say(head) if i == 0 else "", told]
            for side in sides:
                found = own[own["group"].eq(name) & own["direction"].eq(side)].to_dict("records")
                cells += _group(found[0]) if found else ["–", "–", "0"]
            rows.append(cells)
    if not rows:
        return []
    confidence = wording.share(result.headline.confidence)
    each = [
        (wording.say("Mean"), "r"),
        (wording.say("{share} interval", share=confidence), "r"),
        ("n", "r"),
    ]
    names = [result.headline.direction_name(side) for side in sides]
    return [
        table(
            "tab-groups",
            wording.say("Mean tone by office, channel and topic, degrees"),
            [("", "l"), (wording.say("Group"), "l*"), *each, *each],
            rows,
            groups=[("", 2), *((name, 3) for name in names)],
            note=wording.say(
                "The {n} most frequent groups of each kind. Groups speak at different times and "
                "on different topics, so a difference is not one of temper.",
                n=wording.number(_N_GROUPS),
            ),
        )
    ]


def _group(row: Mapping[Any, Any]) -> list[Any]:
    has_ends = pd.notna(row["lower"])
    return [
        {"text": wording.degrees(row["mean"]), "is_bold": True},
        wording.interval(row["lower"], row["upper"]) if has_ends else "–",
        wording.number(row["n_statements"]),
    ]
