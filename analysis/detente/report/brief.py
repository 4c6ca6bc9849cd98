"""Page 1: what a reader in a hurry needs, and nothing that the chapters do not bear out."""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan
from typing import Any

import pandas as pd

from detente import wording
from detente.index import IndexResult, level_difference
from detente.inference import Findings
from detente.report.codes import code_told
from detente.report.headline import headline
from detente.report.now import Change, level_now
from detente.report.points import brief_points
from detente.report.sure import sure
from detente.validation import ValidationResult

__all__ = ["brief"]


def brief(
    index: IndexResult,
    sample: pd.DataFrame,
    findings: Findings | None,
    validation: ValidationResult | None,
    figure: Mapping[str, str] | None,
) -> dict[str, Any]:
    """Return the texts of page 1.

    Parameters
    ----------
    index : IndexResult
        The index.
    sample : DataFrame
        The statements of the dyad and period.
    findings : Findings or None
        What was found.
    validation : ValidationResult or None
        How the tone agrees with codings.
    figure : mapping or None
        The temperature chart.

    Returns
    -------
    dict
        `headline`, `points` (each `number`, `interval`, `text`, `rests`), `now` (`rows` of
        `what`, `value`, `interval`, `verdict`, and `note`), `sure` (five of `number` and `text`)
        and `figure`.
    """
    return {
        "headline": headline(index),
        "points": brief_points(index, findings),
        "unit": wording.say(
            "Degrees run from −100 (every statement hostile) to +100 (every statement cordial); "
            "below each number its {share} confidence interval.",
            share=wording.share(index.confidence),
        ),
        "confidence": wording.share(index.confidence),
        "now": _now(index),
        "sure": sure(sample, findings, validation),
        "figure": None if figure is None else dict(figure),
    }


def _now(index: IndexResult) -> dict[str, Any]:
    now = level_now(index)
    if now is None:
        return {
            "rows": [],
            "month": "",
            "note": wording.say(
                "No month has an index of both sides together, so the level now cannot be told."
            ),
        }
    month = wording.month_name(now.month)
    rows = [
        {
            "what": wording.say("Level now"),
            "value": wording.degrees(now.value),
            "interval": now.interval,
            "verdict": code_told(
                {"warmly": "warm", "coldly": "cold"}.get(now.words, "cannot tell")
            ),
        },
        *(_change(change) for change in now.changes),
    ]
    few = wording.count(now.n_statements, "statement")
    notes = [
        wording.say("The level rests on {statements}.", statements=few)
        if index.state is None
        else wording.say(
            "Smoothed: the level rests on {statements} and, with less weight, on the months "
            "before.",
            statements=few,
        )
    ]
    if not now.is_last:
        notes.append(wording.say("{month} is the last month with an index.", month=month))
    if not index.is_scatter_known:
        notes.append(
            wording.say_count(
                "The scatter within months is hardly known: {n} degree of freedom.",
                "The scatter within months is hardly known: {n} degrees of freedom.",
                round(index.df),
            )
        )
    compared = level_difference(index)
    if not isnan(compared.difference) and compared.later.n_months > 1:
        notes.append(
            wording.say_count(
                "The first sentence compares means of {n} month, these changes single months.",
                "The first sentence compares means of {n} months, these changes single months.",
                compared.later.n_months,
            )
        )
    if now.is_thin:
        notes.append(wording.say("These are few; take the level with care."))
    return {"rows": rows, "month": month, "note": " ".join(notes)}


def _change(change: Change) -> dict[str, str]:
    what = wording.say("Change, {months}", months=wording.count(change.months, "month"))
    if isnan(change.value):
        return {
            "what": what,
            "value": "–",
            "interval": wording.say("no interval"),
            "verdict": wording.say("the period is shorter")
            if change.earlier is None
            else wording.say("a month has no index"),
        }
    return {
        "what": what,
        "value": wording.degrees(change.value),
        "interval": wording.interval(change.lower, change.upper),
        "verdict": code_told(change.verdict),
    }
