"""The two sides: how far apart they speak, and which of them moves first."""

from __future__ import annotations

from math import isnan
from typing import Any

from detente import wording
from detente.index import BILATERAL, IndexResult, level_difference, mean_level
from detente.report.ahead import sides_blocks
from detente.report.blocks import heading, prose, table
from detente.report.material import Material

__all__ = ["two_sides_blocks"]


def two_sides_blocks(m: Material) -> list[dict[str, Any]]:
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
    blocks = [_levels(m.index)]
    if m.index.sides_sentence:
        blocks.insert(0, prose(m.index.sides_sentence))
    blocks += m.drawn("sides")
    found = m.findings
    if found is not None and found.lead_lag is not None:
        blocks += [heading(wording.say("Which side moves first")), *m.drawn("lead_lag")]
        blocks += sides_blocks(found.lead_lag)
    return blocks


def _levels(index: IndexResult) -> dict[str, Any]:
    confidence = wording.say("{share} interval", share=wording.share(index.confidence))
    rows = []
    for name in (*index.dyad.directions, BILATERAL):
        whole, late = mean_level(index, name), level_difference(index, name)
        cells: list[Any] = [wording.capital(index.direction_name(name))]
        for value, lower, upper in (
            (whole.mean, whole.lower, whole.upper),
            (late.later.mean, late.later.lower, late.later.upper),
            (late.difference, late.lower, late.upper),
        ):
            has_ends = not (isnan(value) or isnan(lower) or isnan(upper))
            cells += [
                {"text": "–" if isnan(value) else wording.degrees(value), "is_bold": True},
                wording.interval(lower, upper) if has_ends else "–",
            ]
        rows.append(cells)
    months = late.later.n_months
    return table(
        "tab-levels",
        wording.say("Mean level of each side, degrees"),
        [(wording.say("Side"), "l*"), *[(wording.say("Mean"), "r"), (confidence, "r")] * 3],
        rows,
        groups=[
            ("", 1),
            (wording.say("Whole period"), 2),
            (wording.say_count("Last {n} month", "Last {n} months", months), 2),
            (wording.say("Less the same before"), 2),
        ],
        note=wording.say(
            "Less the same before: how far the last months lie from as many months before them."
        ),
    )
