"""Which side moves first, and what next: the chapters on months ahead."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from detente import wording
from detente.inference import ForecastResult, LeadLagResult
from detente.report.blocks import must_hold, prose, table
from detente.report.codes import code_told
from detente.report.episodes import p_told

__all__ = ["forecast_blocks", "sides_blocks"]

_VERDICTS = {
    "beats both": wording.mark("better than both"),
    "beats naive only": wording.mark("better than naive only"),
    "beats the mean only": wording.mark("better than the mean only"),
    "beats neither": wording.mark("no better than either"),
    "cannot tell": wording.mark("cannot tell"),
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
            wording.say("{low} to {high}", low=_end(row["lower"]), high=_end(row["upper"])),
            p_told(row["p"]),
            p_told(row["p_adjusted"]),
            _end(row["detectable"]),
            _verdict(str(row["verdict"])),
        ]
        for row in result.table.to_dict("records")
    ]
    return [
        *blocks,
        table(
            "tab-sides",
            wording.say("What one side adds to the other a month later"),
            [
                (wording.say_as("side", "From"), "l*"),
                (wording.say_as("side", "To"), "l*"),
                (wording.say("Term"), "r"),
                (_interval(result.options["confidence"]), "r"),
                ("p", "r"),
                (wording.say("p, adjusted"), "r"),
                (wording.say("Visible"), "r"),
                (wording.say("Verdict"), "l"),
            ],
            rows,
            note=wording.say(
                "Term: degrees added to the second side for each degree by which the first "
                "stands off its level. Visible: size of a term that would be seen in four of five "
                "cases. p by likelihood ratio, adjusted by Holm's method for two terms; interval "
                "by profile likelihood."
            ),
        ),
        must_hold(result.assumptions),
    ]


def _verdict(verdict: str) -> str:
    if verdict == "does not":
        return wording.say_as("Granger-predict", "does not")
    return code_told(verdict)


def _interval(confidence: float) -> str:
    return wording.say("{share} interval", share=wording.share(confidence))


def _end(value: float) -> str:
    return wording.say("unbounded") if np.isinf(value) else wording.number(value, 2)


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
    confidence = _interval(result.options["confidence"])
    heads = [wording.say("Index"), confidence, wording.say("Raw month")]
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
            wording.say("The next months, degrees"),
            [(wording.say("Month"), "l"), *([(head, "r") for head in heads] * len(shown))],
            rows,
            groups=[("", 1), *((_capital(result.names[name]), 3) for name in shown)],
            note=wording.say(
                "Intervals are prediction intervals: of the index, and of the mean of a month "
                "with a usual number of statements."
            ),
            small=True,
        )
    )
    if not result.scores.empty:
        blocks.append(_backtest(result))
    return [*blocks, must_hold(result.assumptions)]


def _capital(text: str) -> str:
    return wording.capital(text)


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
            wording.say(_VERDICTS[row["verdict"]]),
        ]
        for row in scores.sort_values(["place", "ahead"], kind="stable").to_dict("records")
    ]
    known = (
        wording.say(
            "Each forecast uses statements, scorer and model as they could have been known at the "
            "end of the month it was made from."
        )
        if result.tones_note
        else wording.say(
            "Forecasts use today's scorer, which may have learned from later statements."
        )
    )
    legend = wording.say(
        "Ahead in months; n: months that came. Model, Naive (the last raw month), Mean (of all "
        "raw months until then): root mean squared error in degrees, against the raw month that "
        "came; Noise: what the statements of that month leave, below which no forecast can go. "
        "Covered: share of those months inside the prediction interval. Saved: share of the mean "
        "squared error saved, with its {share} confidence interval.",
        share=wording.share(result.options["confidence"]),
    )
    return table(
        "tab-backtest",
        wording.say("Forecasts made anew from past months"),
        [
            (wording.say("Series"), "l*"),
            (wording.say("Ahead"), "r"),
            ("n", "r"),
            (wording.say("Model"), "r"),
            (wording.say("Naive"), "r"),
            (wording.say("Mean"), "r"),
            (wording.say("Noise"), "r"),
            (wording.say("Covered"), "r"),
            (wording.say("Saved on naive"), "r18"),
            (wording.say("Saved on mean"), "r18"),
            (wording.say("Verdict"), "l22"),
        ],
        rows,
        note=f"{known} {legend}",
        hairlines=True,
        small=True,
    )


def _skill(row: dict[Any, Any], rival: str) -> dict[str, str] | str:
    value, lower, upper = (row[f"skill_{rival}{end}"] for end in ("", "_lower", "_upper"))
    if not np.isfinite(value):
        return "–"
    told = wording.number(value, 2)
    if not (np.isfinite(lower) and np.isfinite(upper)):
        return told
    ends = [wording.number(end, 2) for end in (lower, upper)]
    return {"text": told, "below": wording.say("{low} to {high}", low=ends[0], high=ends[1])}
