"""Breaks and regimes: what is told of lasting levels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from detente import wording
from detente.inference import BreaksResult, RegimesResult
from detente.report.blocks import heading, must_hold, prose, table

__all__ = ["breaks_blocks", "regimes_blocks"]

#: More stretches than these are not printed one by one.
_N_STRETCHES = 14


def breaks_blocks(
    breaks: BreaksResult, labels: Mapping[str, str], figures: Sequence[dict[str, Any]] = ()
) -> list[dict[str, Any]]:
    """Return what is told of lasting steps.

    Parameters
    ----------
    breaks : BreaksResult
        Lasting steps.
    labels : mapping of str to str
        Episode -> its name.
    figures : sequence of dict, optional
        Blocks that show them.

    Returns
    -------
    list of dict
        Blocks.
    """
    return [
        heading("Breaks"),
        prose(breaks.sentence),
        *figures,
        *_breaks(breaks, labels),
        must_hold(breaks.assumptions),
    ]


def regimes_blocks(
    regimes: RegimesResult, figures: Sequence[dict[str, Any]] = ()
) -> list[dict[str, Any]]:
    """Return what is told of levels that the months switch between.

    Parameters
    ----------
    regimes : RegimesResult
        The levels.
    figures : sequence of dict, optional
        Blocks that show them.

    Returns
    -------
    list of dict
        Blocks.
    """
    return [
        heading("Regimes"),
        prose(regimes.sentence),
        *figures,
        *_regimes(regimes),
        must_hold(regimes.assumptions),
    ]


def _breaks(result: BreaksResult, labels: Mapping[str, str]) -> list[dict[str, Any]]:
    if not result.n_breaks:
        return []
    confidence = f"{wording.share(result.confidence)} interval"
    rows = [
        [
            {"text": wording.month_name(row["break_date"]), "is_bold": True},
            wording.period_name(row["lower"], row["upper"]),
            wording.degrees(row["level_before"]),
            wording.degrees(row["level_after"]),
            {"text": wording.degrees(row["level_change"]), "is_bold": True},
            wording.interval(row["change_lower"], row["change_upper"]),
            f"{wording.number(row['n_before'])}, {wording.number(row['n_after'])}",
            labels.get(str(row["episode"]), str(row["episode"])) or "none",
        ]
        for row in result.table.to_dict("records")
    ]
    return [
        table(
            "tab-breaks",
            f"Breaks in the level, {result.words}",
            [
                ("From", "l24"), (confidence, "l*"), ("Before", "r"), ("After", "r"),
                ("Change", "r"), (confidence, "r"), ("Months", "r"), ("Nearest episode", "l34"),
            ],
            rows,
            note="Levels and change in degrees. Months: observed months of the two stretches. "
            "Nearest episode: one within "
            f"{wording.count(int(result.options.get('within_months', 0)), 'month')}.",
            hairlines=True,
        )
    ]  # fmt: skip


def _regimes(result: RegimesResult) -> list[dict[str, Any]]:
    if result.levels.empty:
        return []
    confidence = f"{wording.share(result.options['confidence'])} interval"
    blocks = [
        table(
            "tab-regimes",
            f"Regimes, {result.words}",
            [
                ("Regime", "l"), ("Level", "r"), (confidence, "r"),
                ("Expected stay, months", "r"), ("Share of months", "r"),
            ],
            [
                [
                    wording.number(row["regime"]),
                    {"text": wording.degrees(row["level"]), "is_bold": True},
                    wording.interval(row["lower"], row["upper"]),
                    wording.number(row["duration"]) if pd.notna(row["duration"]) else "–",
                    wording.share(row["share"]),
                ]
                for row in result.levels.to_dict("records")
            ],
            note="Level in degrees; regime 1 is the coldest.",
        ),
        table(
            "tab-models",
            "Regimes beside models without them",
            [("Model", "l"), ("Log likelihood", "r"), ("Parameters", "r"), ("AIC", "r"),
             ("BIC", "r")],
            [
                [
                    str(row["model"]),
                    wording.number(row["loglike"], 1),
                    wording.number(row["n_parameters"]),
                    wording.number(row["aic"], 1),
                    wording.number(row["bic"], 1),
                ]
                for row in result.models.to_dict("records")
            ],
            note="The lower the BIC, the better; a difference below 6 is not taken for an answer.",
        ),
    ]  # fmt: skip
    if 1 < len(result.table) <= _N_STRETCHES:
        blocks.append(
            table(
                "tab-stretches",
                "Most probable regime by stretch of months",
                [
                    ("Stretch", "l"), ("Regime", "r"), ("Level", "r"), ("Months", "r"),
                    ("Observed", "r"), ("Mean chance", "r"),
                ],
                [
                    [
                        wording.period_name(row["since"], row["until"]),
                        wording.number(row["regime"]),
                        wording.degrees(row["level"]),
                        wording.number(row["n_months"]),
                        wording.number(row["n_observed"]),
                        wording.share(row["probability"]),
                    ]
                    for row in result.table.to_dict("records")
                ],
            )
        )  # fmt: skip
    return blocks
