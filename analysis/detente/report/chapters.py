"""The chapters that tell the findings, in their order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from detente.index import IndexResult
from detente.inference import Findings
from detente.report.ahead import forecast_blocks, sides_blocks
from detente.report.beyond import corrected_blocks, selection_blocks
from detente.report.blocks import points
from detente.report.choices import choices_blocks
from detente.report.episodes import episodes_blocks
from detente.report.moves import moves_blocks
from detente.report.turns import turns_blocks
from detente.report.voices import voices_blocks

__all__ = ["chapters"]

#: What a part is called where it is missing.
_PARTS = {
    "episodes": "Changes at episodes",
    "moves": "Moves of the months",
    "breaks": "Breaks",
    "regimes": "Regimes",
    "voices": "Who spoke and how",
    "lead_lag": "Which side moves first",
    "forecast": "Forecast",
    "robustness": "Other choices",
}


def chapters(
    findings: Findings,
    episodes: pd.DataFrame,
    numbers: Mapping[str, int],
    index: IndexResult | None = None,
) -> list[dict[str, Any]]:
    """Return the chapters whose parts are there, and one that names the others.

    Parameters
    ----------
    findings : Findings
        The results.
    episodes : DataFrame
        A row per headline episode: `episode`, `label`, `kind`.
    numbers : mapping of str to int
        Number of each episode in this report.
    index : IndexResult, optional
        The index; one that codings correct is told beside.

    Returns
    -------
    list of dict
        `title`, `ref`, and `blocks`, which the template prints.
    """
    labels = dict(zip(episodes["episode"].astype(str), episodes["label"].astype(str), strict=True))
    kinds = {}
    if "kind" in episodes.columns:
        named = episodes[episodes["kind"].notna()]
        kinds = dict(zip(named["episode"].astype(str), named["kind"].astype(str), strict=True))
    own = findings.episodes
    if own is not None:
        rows = own.table.drop_duplicates("episode")
        labels |= dict(zip(rows["episode"].astype(str), rows["label"].astype(str), strict=True))
        numbers = {name: i for i, name in enumerate(own.episodes, start=1)} | dict(numbers)
    told = [
        (
            "What changed when things happened",
            "sec-episodes",
            [] if own is None else episodes_blocks(own, findings.recovery, numbers, kinds),
        ),
        (
            "What moved the months",
            "sec-moves",
            [] if findings.moves is None else moves_blocks(findings.moves),
        ),
        (
            "Breaks and regimes",
            "sec-turns",
            turns_blocks(findings.breaks, findings.regimes, labels),
        ),
        (
            "Which side moves first",
            "sec-sides",
            [] if findings.lead_lag is None else sides_blocks(findings.lead_lag),
        ),
        (
            "What next",
            "sec-forecast",
            [] if findings.forecast is None else forecast_blocks(findings.forecast),
        ),
        (
            "Who spoke and how",
            "sec-voices",
            [] if findings.voices is None else voices_blocks(findings.voices),
        ),
        (
            "How much hangs on choices",
            "sec-choices",
            [
                *(
                    []
                    if findings.robustness is None
                    else choices_blocks(findings.robustness, labels)
                ),
                *([] if index is None else corrected_blocks(index)),
                *([] if own is None else selection_blocks(own, labels)),
            ],
        ),
        ("What could not be estimated", "sec-absent", _absent(findings)),
    ]
    return [{"title": title, "ref": ref, "blocks": blocks} for title, ref, blocks in told if blocks]


def _absent(findings: Findings) -> list[dict[str, Any]]:
    reasons = [
        (f"{_PARTS[name]}:", _finished(reason))
        for name, reason in findings.reasons.items()
        if name in _PARTS
    ]
    return [points(reasons)] if reasons else []


def _finished(reason: str) -> str:
    text = reason.strip()
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."
