"""What moved the months: the largest moves of the raw index."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from detente import wording
from detente.inference import MovesResult, WhyResult
from detente.report.blocks import must_hold, prose, table

__all__ = ["moves_blocks"]

#: Groups named in a cell.
_N_NAMED = 2


def moves_blocks(result: MovesResult) -> list[dict[str, Any]]:
    """Return the chapter.

    Parameters
    ----------
    result : MovesResult
        The largest moves and what moved them.

    Returns
    -------
    list of dict
        Blocks.
    """
    blocks = [prose(result.sentence)]
    if result.table.empty:
        return blocks
    confidence = wording.share(result.moves[0].confidence)
    blocks.append(
        table(
            "tab-moves",
            wording.say(
                "Largest moves of the raw index, {direction}", direction=result.direction_name
            ),
            [
                (wording.say("Month"), "l25"),
                (wording.say("Raw"), "r"),
                (wording.say("Change"), "r"),
                (wording.say("{share} interval", share=confidence), "r"),
                (wording.say("Other topics"), "r12"),
                (wording.say("Other tone"), "r12"),
                (wording.say("Speakers"), "l*"),
                (wording.say("Topics"), "l30"),
                ("n", "r"),
            ],
            [
                _row(row, move)
                for row, move in zip(result.table.to_dict("records"), result.moves, strict=True)
            ],
            note=wording.say(
                "Degrees. Other topics: what comes with other topics being spoken of than in the "
                "month before; other tone: with another tone on the same topics; the two add up "
                "to the change. Speakers and topics: the largest contributions. n: statements of "
                "the month and of the one before."
            ),
            hairlines=True,
            small=True,
        )
    )
    return [*blocks, must_hold(result.assumptions)]


def _named(move: WhyResult, grouping: str) -> str:
    groups = set(move.table["grouping"])
    if grouping not in groups:
        return "–"
    return "; ".join(
        f"{name.replace('_', ' ') if grouping == 'topic' else name} {wording.degrees(value)}"
        for name, value in move.largest(grouping, _N_NAMED)
    )


def _row(row: Mapping[Any, Any], move: WhyResult) -> list[Any]:
    has_topic = pd.notna(row.get("topic_composition"))
    return [
        {
            "text": wording.month_name(row["month"]),
            "is_bold": True,
            "below": wording.say("from {month}", month=wording.month_name(row["base_month"])),
        },
        wording.say(
            "{before} to {after}",
            before=wording.degrees(row["raw_before"]),
            after=wording.degrees(row["raw"]),
        ),
        {"text": wording.degrees(row["change"]), "is_bold": True},
        wording.interval(row["lower"], row["upper"]),
        wording.degrees(row["topic_composition"]) if has_topic else "–",
        wording.degrees(row["topic_tone"]) if has_topic else "–",
        _named(move, "speaker"),
        _named(move, "topic"),
        f"{wording.number(row['n_statements'])}, {wording.number(row['n_statements_before'])}",
    ]
