"""Data, coverage and limits: the chapter on what the numbers rest on."""

from __future__ import annotations

from typing import Any

from detente import wording
from detente.report.blocks import bullets, heading, part, points, prose, rich, table
from detente.report.material import Material
from detente.report.method import limits
from detente.report.sample import breakdowns, facts
from detente.report.summary import coverage_point

__all__ = ["data_blocks"]


def data_blocks(m: Material) -> list[dict[str, Any]]:
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
    told = [coverage_point(m.index, m.sample, m.about), *facts(m.sample, m.index)]
    blocks = [
        heading(wording.say("What the statements are")),
        points([(each["head"], each["text"]) for each in told], is_data=True),
        *_breakdowns(m),
        heading(wording.say("Limits")),
    ]
    found = limits(m.about, has_findings=m.findings is not None)
    always = [(each["head"], each["text"]) for each in found if each["head"]]
    own = [each["text"] for each in found if not each["head"]]
    blocks.append(bullets(always))
    if own:
        blocks.append(bullets(own, is_data=True))
    if m.about.sources or m.about.licence:
        blocks.append(heading(wording.say("Sources and licence")))
        if m.about.sources:
            blocks.append(bullets(list(m.about.sources), is_data=True))
        if m.about.licence:
            blocks.append(prose(m.about.licence, is_data=True))
    return blocks


def _breakdowns(m: Material) -> list[dict[str, Any]]:
    parts = breakdowns(m.sample, m.index)
    if not parts:
        return []
    rows: list[Any] = []
    rules = []
    for one in parts:
        rules.append(len(rows))
        rows.append([rich(part(one["head"], is_bold=True), span=4)])
        rows += [[row["name"], *row["cells"]] for row in one["rows"]]
    names = wording.listing([one["name"] for one in parts])
    return [
        table(
            "tab-sample",
            wording.say("Statements by {names}", names=names),
            [("", "l60"), *((side, "r") for side in m.sides), (wording.say("All"), "r")],
            rows,
            rules=rules[1:],
        )
    ]
