"""Sentences that stand in every report, whatever its data: in one place, to be translated."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from detente import wording
from detente.index import IndexResult
from detente.report.nearness import NEAR_DAYS, nearness

__all__ = ["SECTION_NAMES", "UNCORRECTED", "fixed_sentences", "words"]

#: Stands on every output until codings correct the scorer.
UNCORRECTED = wording.mark("uncorrected machine score")

#: Sections in their order, by the names that `--sections` takes, with their titles.
SECTION_NAMES: Mapping[str, str] = {
    "brief": wording.mark("The brief"),
    "course": wording.mark("The course of relations"),
    "events": wording.mark("Events"),
    "sides": wording.mark("The two sides"),
    "voices": wording.mark("Who and what"),
    "forecast": wording.mark("Forecast"),
    "validity": wording.mark("Validity"),
    "robustness": wording.mark("Robustness"),
    "open": wording.mark("What could not be told"),
    "method": wording.mark("Method"),
    "data": wording.mark("Data, coverage and limits"),
    "appendix": wording.mark("Appendix"),
}

#: Single words of the layout, in English.
_WORDS: Mapping[str, str] = {
    "subtitle": wording.mark("A thermometer read from what officials say"),
    "report_of": wording.mark("report of"),
    "data_to": wording.mark("data to"),
    "contents": wording.mark("Contents"),
    "figures": wording.mark("Figures"),
    "tables": wording.mark("Tables"),
    "figure": wording.mark("Figure"),
    "table": wording.mark("Table"),
    "chapter": wording.mark("Chapter"),
    "appendix": wording.mark("Appendix"),
    "assumptions": wording.mark("What must hold"),
    "degrees": wording.mark("Degrees"),
    "interval": wording.mark("interval"),
    "verdict": wording.mark("Verdict"),
    "now": wording.mark("Where things stand"),
    "found": wording.mark("What was found"),
    "sure": wording.mark("How sure are we?"),
    "fixed": wording.mark("What this measures, and what not"),
    "logo": wording.mark("Logo of the publisher"),
    "footer": UNCORRECTED,
    "cold": wording.mark("made the score colder"),
    "warm": wording.mark("made the score warmer"),
    "skip": wording.mark("Skip to the text"),
}


def words() -> dict[str, str]:
    """Return the single words of the layout in the reader's language.

    Returns
    -------
    dict of str to str
        Name -> word; `language` and `region` are codes for the typesetter.
    """
    language, _, region = wording.LANGUAGES[wording.language()].partition("_")
    return {"language": language, "region": region, "brand": "DETENTE"} | {
        name: wording.say(word) for name, word in _WORDS.items()
    }


def fixed_sentences(
    index: IndexResult, sample: pd.DataFrame, events: pd.DataFrame, *, rows_found: bool = False
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
    rows_found : bool, default False
        Whether the statements were found, not sampled; otherwise that is not known.

    Returns
    -------
    list of dict
        `head` and `text` of four points: what is measured, how the rows came, what the interval
        covers, what may be compared.
    """
    covered = (
        wording.say(
            "They cover the noise of these statements and the uncertainty of the model's "
            "parameters, neither the scorer's error nor the choice of statements."
        )
        if index.method == "state_space"
        else wording.say(
            "They cover the noise of these statements, neither the scorer's error nor the choice "
            "of statements."
        )
    )
    came = (
        wording.say("Rows were found, not sampled.")
        if rows_found
        else wording.say("How the rows were chosen is not stated.")
    )
    if len(events):
        own, chance = nearness(sample, events, index)
        near = wording.say(
            "{n} of {all} ({share}) lie within {days} days after the first day of a listed event; "
            "{chance} of all days of the period do.",
            n=wording.number(round(own * len(sample))),
            all=wording.number(len(sample)),
            share=wording.share(own),
            days=wording.number(NEAR_DAYS),
            chance=wording.share(chance),
        )
    else:
        near = wording.say("No event is listed, so none can be said to lie near one.")
    return [
        {
            "head": wording.say("What it measures."),
            "text": wording.say(
                "How officials spoke of the other country in the statements that were found. It "
                "does not measure trust, intentions, power or what states did. Tone is an "
                "uncorrected machine score."
            ),
        },
        {"head": wording.say("Where the rows come from."), "text": f"{came} {near}"},
        {"head": wording.say("What the intervals cover."), "text": covered},
        {
            "head": wording.say("What not to compare."),
            "text": wording.say("Degrees are not comparable across dyads or languages."),
        },
    ]
