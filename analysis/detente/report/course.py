"""The course of relations: levels, breaks, regimes, and what moved the months."""

from __future__ import annotations

from typing import Any

from detente import wording
from detente.report.blocks import heading, part, points, prose, rich, see, table
from detente.report.links import linking
from detente.report.material import Material
from detente.report.moves import moves_blocks
from detente.report.summary import ranking, summary
from detente.report.turns import breaks_blocks, regimes_blocks

__all__ = ["course_blocks"]

#: Charts that have their place here or in another chapter.
_PLACED = frozenset(
    "temperature index statements calendar forest episodes sides breaks regimes lead_lag forecast "
    "voices robustness moves validity".split()
)


def course_blocks(m: Material) -> list[dict[str, Any]]:
    """Return the chapter.

    Parameters
    ----------
    m : Material
        What the report is made from.

    Returns
    -------
    list of dict
        Blocks.
    """
    blocks = [points([(point["head"], point["text"]) for point in summary(m.index)])]
    if "brief" not in m.chosen and "index" not in m.figures:
        blocks += m.drawn("temperature")
    blocks += m.drawn("index")
    found = m.findings
    if found is not None and found.regimes is not None:
        blocks += regimes_blocks(found.regimes, m.drawn("regimes"))
    if found is not None and found.breaks is not None:
        blocks += breaks_blocks(found.breaks, m.labels, m.drawn("breaks"))
    blocks += [heading(wording.say("Month by month")), *_ranking(m)]
    blocks.append(
        see(*linking(wording.say("Every month of the period is in {place}."), "tab-months"))
    )
    blocks += m.drawn("statements", "calendar")
    blocks += m.drawn(*(name for name in m.figures if name not in _PLACED))
    if found is not None and found.moves is not None:
        blocks += [heading(wording.say("What moved the months")), *moves_blocks(found.moves)]
        blocks += m.drawn("moves")
        blocks.append(
            see(
                *linking(
                    wording.say("The statements behind these moves are in {place}."), "sec-moved"
                )
            )
        )
    return blocks


def _ranking(m: Material) -> list[dict[str, Any]]:
    found = ranking(m.index)
    rows: list[Any] = []
    rules = []
    for one in found["lists"]:
        rules.append(len(rows))
        rows.append([rich(part(one["head"], is_bold=True), span=4)])
        rows += [
            [row["month"], {"text": row["index"], "is_bold": True}, row["interval"], row["n"]]
            for row in one["rows"]
        ]
    if not rows:
        return [prose(found["note"])]
    return [
        table(
            "tab-ranking",
            wording.say("Warmest and coldest months")
            if m.index.can_rank
            else wording.say("Months that may be ranked"),
            [
                (wording.say("Month"), "l40"),
                (wording.say("Index"), "r"),
                (wording.say("Interval"), "r"),
                ("n", "r"),
            ],
            rows,
            note=found["note"],
            rules=rules[1:],
        )
    ]
