"""Which side moves first, and what next: the chapters on months ahead."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from detente import wording
from detente.inference import ForecastResult, LeadLagResult
from detente.report.blocks import must_hold, prose, table
from detente.report.episodes import p_told

__all__ = ["forecast_blocks", "sides_blocks"]

_VERDICTS = {
    "beats both": "better than both",
    "beats naive only": "better than naive only",
    "beats the mean only": "better than the mean only",
    "beats neither": "no better than either",
    "cannot tell": "cannot tell",
}


def sides_blocks(result: LeadLagResult) -> list[dict[str, Any]]:
    """Return the chapter on which side moves first.

    Parameters
    ----------
    result : LeadLagResult
        The cross terms.

    Returns
    -------
    list of dict
        Blocks.
    """
    blocks = [prose(result.sentence)]
    if result.table.empty:
        return blocks
    rows = [
        [
            result.names[row["leading"]],
            result.names[row["following"]],
            {"text": wording.number(row["cross_term"], 2), "is_bold": True},
            f"{_end(row['lower'])} to {_end(row['upper'])}",
            p_told(row["p"]),
            p_told(row["p_adjusted"]),
            _end(row["detectable"]),
            str(row["verdict"]),
        ]
        for row in result.table.to_dict("records")
    ]
    return [
        *blocks,
        table(
            "tab-sides",
            "What one side adds to the other a month later",
            [
                ("From", "l*"), ("To", "l*"), ("Term", "r"),
                (f"{wording.share(result.options['confidence'])} interval", "r"), ("p", "r"),
                ("p, adjusted", "r"), ("Visible", "r"), ("Verdict", "l"),
            ],
            rows,
            note="Term: degrees added to the second side for each degree by which the first "
            "stands off its level. Visible: size of a term that would be seen in four of five "
            "cases. p by likelihood ratio, adjusted by Holm's method for two terms; interval by "
            "profile likelihood.",
        ),
        must_hold(result.assumptions),
    ]  # fmt: skip


def _end(value: float) -> str:
    return "unbounded" if np.isinf(value) else wording.number(value, 2)


def forecast_blocks(
    result: ForecastResult, figures: Sequence[dict[str, Any]] = ()
) -> list[dict[str, Any]]:
    """Return the chapter on what comes next.

    Parameters
    ----------
    result : ForecastResult
        Forecasts and their record.
    figures : sequence of dict, optional
        Blocks that show them.

    Returns
    -------
    list of dict
        Blocks.
    """
    blocks = [prose(result.sentence), *figures]
    if result.table.empty:
        return blocks
    confidence = f"{wording.share(result.options['confidence'])} interval"
    shown = [name for name in result.names if name not in result.reasons]
    parts = {
        name: result.table[result.table["direction"].eq(name)].to_dict("records") for name in shown
    }
    rows = []
    for months in zip(*parts.values(), strict=True):
        cells: list[Any] = [wording.month_name(months[0]["month"])]
        for row in months:
            cells += [
                {"text": wording.degrees(row["forecast"]), "is_bold": True},
                wording.interval(row["lower"], row["upper"]),
                wording.interval(row["raw_lower"], row["raw_upper"]),
            ]
        rows.append(cells)
    blocks.append(
        table(
            "tab-forecast",
            "The next months, degrees",
            [
                ("Month", "l"),
                *([("Index", "r"), (confidence, "r"), ("Raw month", "r")] * len(shown)),
            ],
            rows,
            groups=[("", 1), *((_capital(result.names[name]), 3) for name in shown)],
            note="Intervals are prediction intervals: of the index, and of the mean of a month "
            "with a usual number of statements.",
            small=True,
        )
    )
    if not result.scores.empty:
        blocks.append(_backtest(result))
    return [*blocks, must_hold(result.assumptions)]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _backtest(result: ForecastResult) -> dict[str, Any]:
    order = {name: i for i, name in enumerate(result.names)}
    scores = result.scores.assign(place=result.scores["direction"].map(order))
    rows = [
        [
            _capital(result.names[row["direction"]]),
            wording.number(row["ahead"]),
            wording.number(row["n"]),
            {"text": wording.number(row["rmse"]), "is_bold": True},
            wording.number(row["rmse_naive"]),
            wording.number(row["rmse_mean"]),
            wording.number(row["noise"]),
            wording.share(row["coverage"]),
            _skill(row, "naive"),
            _skill(row, "mean"),
            _VERDICTS[row["verdict"]],
        ]
        for row in scores.sort_values(["place", "ahead"], kind="stable").to_dict("records")
    ]
    return table(
        "tab-backtest",
        "Forecasts made anew from past months",
        [
            ("Series", "l*"), ("Ahead", "r"), ("n", "r"), ("Model", "r"), ("Naive", "r"),
            ("Mean", "r"), ("Noise", "r"), ("Covered", "r"), ("Saved on naive", "r18"),
            ("Saved on mean", "r18"), ("Verdict", "l22"),
        ],
        rows,
        note=(
            "Each forecast uses statements, scorer and model as they could have been known at "
            "the end of the month it was made from. "
            if result.tones_note
            else "Forecasts use today's scorer, which may have learned from later statements. "
        )
        + "Ahead in months; n: months that came. Model, Naive (the last raw month), Mean (of "
        "all raw months until then): root mean squared error in degrees, against the raw month "
        "that came; Noise: what the statements of that month leave, below which no forecast can "
        "go. Covered: share of those months inside the prediction interval. Saved: share of the "
        "mean squared error saved, with its "
        f"{wording.share(result.options['confidence'])} confidence interval.",
        hairlines=True,
        small=True,
    )  # fmt: skip


def _skill(row: dict[Any, Any], rival: str) -> dict[str, str] | str:
    value, lower, upper = (row[f"skill_{rival}{end}"] for end in ("", "_lower", "_upper"))
    if not np.isfinite(value):
        return "–"
    told = wording.number(value, 2)
    if not (np.isfinite(lower) and np.isfinite(upper)):
        return told
    return {"text": told, "below": f"{wording.number(lower, 2)} to {wording.number(upper, 2)}"}
