"""Breaks and regimes: what is told of lasting levels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from detente import wording
from detente.inference import BreaksResult, RegimesResult
from detente.report.blocks import heading, must_hold, prose, table
from detente.report.codes import code_told

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
        heading(wording.say("Breaks")),
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
        heading(wording.say("Regimes")),
        prose(regimes.sentence),
        *figures,
        *_regimes(regimes),
        must_hold(regimes.assumptions),
    ]


def _breaks(result: BreaksResult, labels: Mapping[str, str]) -> list[dict[str, Any]]:
    if not result.n_breaks:
        return []
    confidence = wording.say("{share} interval", share=wording.share(result.confidence))
    rows = [
        [
            {"text": wording.month_name(row["break_date"]), "is_bold": True},
            wording.period_name(row["lower"], row["upper"]),
            wording.degrees(row["level_before"]),
            wording.degrees(row["level_after"]),
            {"text": wording.degrees(row["level_change"]), "is_bold": True},
            wording.interval(row["change_lower"], row["change_upper"]),
            f"{wording.number(row['n_before'])}, {wording.number(row['n_after'])}",
            labels.get(str(row["episode"]), str(row["episode"]))
            or wording.say_as("episode", "none"),
        ]
        for row in result.table.to_dict("records")
    ]
    return [
        table(
            "tab-breaks",
            wording.say("Breaks in the level, {direction}", direction=result.words),
            [
                (wording.say_as("month", "From"), "l24"),
                (confidence, "l*"),
                (wording.say("Before"), "r"),
                (wording.say("After"), "r"),
                (wording.say("Change"), "r"),
                (confidence, "r"),
                (wording.say("Months"), "r"),
                (wording.say("Nearest episode"), "l34"),
            ],
            rows,
            note=wording.say_count(
                "Levels and change in degrees. Months: observed months of the two stretches. "
                "Nearest episode: one within {n} month.",
                "Levels and change in degrees. Months: observed months of the two stretches. "
                "Nearest episode: one within {n} months.",
                int(result.options.get("within_months", 0)),
            ),
            hairlines=True,
        )
    ]


def _regimes(result: RegimesResult) -> list[dict[str, Any]]:
    if result.levels.empty:
        return []
    confidence = wording.say("{share} interval", share=wording.share(result.options["confidence"]))
    blocks = [
        table(
            "tab-regimes",
            wording.say("Regimes, {direction}", direction=result.words),
            [
                (wording.say("Regime"), "l"),
                (wording.say("Level"), "r"),
                (confidence, "r"),
                (wording.say("Expected stay, months"), "r"),
                (wording.say("Share of months"), "r"),
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
            note=wording.say(
                "Level in degrees, one for all months of a regime, so another number than the mean "
                "of a single stretch; regime 1 is the coldest."
            ),
        ),
        table(
            "tab-models",
            wording.say("Regimes beside models without them"),
            [
                (wording.say("Model"), "l"),
                (wording.say("Log likelihood"), "r"),
                (wording.say("Parameters"), "r"),
                ("AIC", "r"),
                ("BIC", "r"),
            ],
            [
                [
                    _model(str(row["model"])),
                    wording.number(row["loglike"], 1),
                    wording.number(row["n_parameters"]),
                    wording.number(row["aic"], 1),
                    wording.number(row["bic"], 1),
                ]
                for row in result.models.to_dict("records")
            ],
            note=wording.say(
                "The lower the BIC, the better; a difference below 6 is not taken for an answer."
            ),
        ),
    ]
    if 1 < len(result.table) <= _N_STRETCHES:
        blocks.append(
            table(
                "tab-stretches",
                wording.say("Most probable regime by stretch of months"),
                [
                    (wording.say("Stretch"), "l"),
                    (wording.say("Regime"), "r"),
                    (wording.say("Level"), "r"),
                    (wording.say("Months"), "r"),
                    (wording.say("Observed"), "r"),
                    (wording.say("Mean chance"), "r"),
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
        )
    return blocks


def _model(name: str) -> str:
    n, _, rest = name.partition(" ")
    is_regimes = n.isdigit() and rest.startswith("regime")
    return wording.count(int(n), "regime") if is_regimes else code_told(name)
