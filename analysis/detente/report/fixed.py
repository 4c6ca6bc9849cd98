"""Sentences that stand in every report, whatever its data: in one place, to be translated."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from detente import wording
from detente.index import IndexResult
from detente.report.nearness import NEAR_DAYS, nearness

__all__ = ["SECTION_NAMES", "UNCORRECTED", "WORDS", "fixed_sentences"]

#: Stands on every output until codings correct the scorer.
UNCORRECTED = "uncorrected machine score"

#: Sections in their order, by the names that `--sections` takes, with their titles.
SECTION_NAMES: Mapping[str, str] = {
    "brief": "The brief",
    "course": "The course of relations",
    "events": "Events",
    "sides": "The two sides",
    "voices": "Who and what",
    "forecast": "Forecast",
    "validity": "Validity",
    "robustness": "Robustness",
    "method": "Method",
    "data": "Data, coverage and limits",
    "appendix": "Appendix",
}

#: Single words of the layout.
WORDS: Mapping[str, str] = {
    "language": "en",
    "region": "GB",
    "brand": "DETENTE",
    "subtitle": "A thermometer read from what officials say",
    "report_of": "report of",
    "contents": "Contents",
    "figures": "Figures",
    "tables": "Tables",
    "figure": "Figure",
    "table": "Table",
    "chapter": "Chapter",
    "appendix": "Appendix",
    "assumptions": "What must hold",
    "degrees": "Degrees",
    "interval": "interval",
    "verdict": "Verdict",
    "now": "Where things stand",
    "found": "What was found",
    "sure": "How sure are we?",
    "fixed": "What this measures, and what not",
    "logo": "Logo of the publisher",
    "footer": UNCORRECTED,
    "cold": "made the score colder",
    "warm": "made the score warmer",
    "skip": "Skip to the text",
}


def fixed_sentences(
    index: IndexResult, sample: pd.DataFrame, events: pd.DataFrame
) -> list[dict[str, str]]:
    """Say what every reader must know before the first number.

    Parameters
    ----------
    index : IndexResult
        The index.
    sample : DataFrame
        The statements of the dyad and period, at least one.
    events : DataFrame
        The listed events, with `date`.

    Returns
    -------
    list of dict
        `head` and `text` of four points: what is measured, how the rows came, what the interval
        covers, what may be compared.
    """
    covered = "the noise of these statements"
    if index.method == "state_space":
        covered += " and the uncertainty of the model's parameters"
    if len(events):
        own, chance = nearness(sample, events, index)
        near = (
            f" {round(own * len(sample)):,} of {len(sample):,} ({wording.share(own)}) lie within "
            f"{NEAR_DAYS} days after the first day of a listed event; {wording.share(chance)} of "
            "all days of the period do."
        )
    else:
        near = " No event is listed, so none can be said to lie near one."
    return [
        {
            "head": "What it measures.",
            "text": "How officials spoke of the other country in the statements that were found. "
            "It does not measure trust, intentions, power or what states did. Tone is an "
            f"{UNCORRECTED}.",
        },
        {"head": "Found, not sampled.", "text": f"Rows were found, not sampled.{near}"},
        {
            "head": "What the intervals cover.",
            "text": f"They cover {covered}, neither the scorer's error nor the choice of "
            "statements.",
        },
        {
            "head": "What not to compare.",
            "text": "Degrees are not comparable across dyads or languages.",
        },
    ]
