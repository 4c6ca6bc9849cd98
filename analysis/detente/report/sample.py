"""Which statements the index rests on: who spoke, in which office, about what, and when."""

from __future__ import annotations

from typing import Any

import pandas as pd

from detente import wording
from detente.countries import country_in_text
from detente.index import IndexResult
from detente.inference.groups import own_words
from detente.report.codes import code_told
from detente.tone import has_flag

__all__ = ["breakdowns", "extremes", "facts", "sample_of"]

#: Statements listed at each end: a tenth of all, but no more and no fewer than these.
N_EXTREMES, _LEAST_EXTREMES = 10, 3

#: Values of a column that get a row of their own.
_N_VALUES = 20

#: Columns that are counted: as a head, and within a sentence.
_BREAKDOWNS = {
    "level": (wording.mark("Office"), wording.mark("office")),
    "channel": (wording.mark("Channel"), wording.mark("channel")),
    "topic": (wording.mark("Topic"), wording.mark("topic")),
}
_EMPTY = wording.mark("not stated")
_NO_REASON = wording.mark("no reason noted")


def sample_of(statements: pd.DataFrame, index: IndexResult) -> pd.DataFrame:
    """Return the statements of the dyad and period of an index, in the order of their days.

    Parameters
    ----------
    statements : DataFrame
        Scored statements, other dyads and periods among them or not.
    index : IndexResult
        The index.

    Returns
    -------
    DataFrame
        A row per statement.
    """
    direction = statements["source"].astype(str) + ">" + statements["target"].astype(str)
    month = statements["date"].dt.to_period("M").dt.to_timestamp()
    rows = direction.isin(index.dyad.directions) & month.isin(index.months)
    chosen: pd.DataFrame = statements.loc[rows]
    return chosen.sort_values("date", kind="stable", ignore_index=True)


def breakdowns(sample: pd.DataFrame, index: IndexResult) -> list[dict[str, Any]]:
    """Count statements by office, channel and topic, a column for each side.

    Parameters
    ----------
    sample : DataFrame
        The statements of the dyad and period.
    index : IndexResult
        The index.

    Returns
    -------
    list of dict
        `head`, `name` and `rows` for each column that the statements have, the most frequent
        value first; a row has `name` and `cells`: one count for each side, then both.
    """
    sides = [sample["source"] == code for code in (index.dyad.a, index.dyad.b)]
    found = []
    for column, (head, name) in _BREAKDOWNS.items():
        if column not in sample.columns or sample[column].isna().all():
            continue
        values = sample[column].fillna(_EMPTY)
        ranked = [str(value) for value in values.value_counts().index]
        rows = [_row(_named(column, value), values == value, sides) for value in ranked[:_N_VALUES]]
        rest = ranked[_N_VALUES:]
        if rest:
            rows.append(_row(wording.count(len(rest), "other value"), values.isin(rest), sides))
        found.append({"head": wording.say(head), "name": wording.say(name), "rows": rows})
    return found


def _named(column: str, value: str) -> str:
    # Offices and channels are fixed; topics are the study's own words.
    if column == "topic" and value != _EMPTY:
        return own_words(value)
    return wording.capital(code_told(value.replace("_", " ")))


def _row(name: str, chosen: pd.Series[bool], sides: list[pd.Series[bool]]) -> dict[str, Any]:
    counts = [int((chosen & side).sum()) for side in sides]
    return {"name": name, "cells": [wording.number(n) for n in (*counts, sum(counts))]}


def facts(sample: pd.DataFrame, index: IndexResult) -> list[dict[str, str]]:
    """Say what a reader should know of these statements.

    Parameters
    ----------
    sample : DataFrame
        The statements of the dyad and period, at least one.
    index : IndexResult
        The index.

    Returns
    -------
    list of dict
        `head` and `text` of each point.
    """
    points = [{"head": wording.say("Sides"), "text": _sides(sample, index)}]
    points.append({"head": wording.say("Speakers"), "text": _speakers(sample, index)})
    n = int((sample["dating"] == "inferred").sum()) if "dating" in sample.columns else 0
    if n:
        points.append(
            {
                "head": wording.say("Days"),
                "text": wording.say(
                    "The day of {statements} ({share}) is inferred from weekday and occasion; the "
                    "page does not state it.",
                    statements=wording.count(n, "statement"),
                    share=wording.share(n / len(sample)),
                ),
            }
        )
    text = _scoring(sample)
    return [*points, {"head": wording.say("Scoring"), "text": text}] if text else points


def extremes(sample: pd.DataFrame, *, warmest: bool) -> pd.DataFrame:
    """Return the statements with the highest or lowest tone, the most extreme first.

    Parameters
    ----------
    sample : DataFrame
        The statements of the dyad and period.
    warmest : bool
        True: the highest tone; False: the lowest.

    Returns
    -------
    DataFrame
        A tenth of those with a tone, three at least and `N_EXTREMES` at most, and at most half of
        them, so that no statement stands in both lists; of equal tones the earlier day comes
        first.
    """
    scored = sample[sample["tone"].notna()]
    ordered = scored.sort_values("tone", ascending=not warmest, kind="stable")
    n = len(scored)
    return ordered.head(min(N_EXTREMES, max(_LEAST_EXTREMES, n // 10), n // 2))


def _sides(sample: pd.DataFrame, index: IndexResult) -> str:
    told = [
        wording.say(
            "{statements} of {country} ({share})",
            statements=wording.count(n, "statement"),
            country=country_in_text(code),
            share=wording.share(n / len(sample)),
        )
        for code in (index.dyad.a, index.dyad.b)
        for n in [int((sample["source"] == code).sum())]
    ]
    return f"{wording.listing(told)}."


def _speakers(sample: pd.DataFrame, index: IndexResult) -> str:
    told = []
    for code in (index.dyad.a, index.dyad.b):
        speakers = sample.loc[sample["source"] == code, "speaker"].value_counts()
        if len(speakers):
            told.append(
                wording.say(
                    "{speaker} speaks in {share} of the statements of {country} ({speakers} in "
                    "all)",
                    speaker=speakers.index[0],
                    share=wording.share(speakers.iloc[0] / speakers.sum()),
                    country=country_in_text(code),
                    speakers=wording.count(len(speakers), "speaker"),
                )
            )
    return f"{'; '.join(told)}."


def _scoring(sample: pd.DataFrame) -> str:
    """Say how many statements got no tone, or a fixed one for want of words; empty where none."""
    flags = sample["tone_flag"] if "tone_flag" in sample.columns else pd.Series("", sample.index)
    is_missing = sample["tone"].isna()
    told = []
    if is_missing.any():
        n = int(is_missing.sum())
        reasons = flags[is_missing].fillna("").replace("", _NO_REASON).value_counts()
        told.append(
            wording.say(
                "{statements} of {all} could not be scored ({reasons}) and count in no month.",
                statements=wording.count(n, "statement"),
                all=wording.number(len(sample)),
                reasons=wording.listing(
                    [
                        f"{code_told(str(k).replace('_', ' '))}: {wording.number(v)}"
                        for k, v in reasons.items()
                    ]
                ),
            )
        )
    given = sample.loc[has_flag(flags, "no_evaluative_words"), "tone"]
    if n := len(given):
        parts = {
            "statements": wording.count(n, "statement"),
            "share": wording.share(n / len(sample)),
        }
        told.append(
            wording.say(
                "In {statements} ({share}) the scorer knows no evaluative word; their tone is "
                "zero and counts.",
                **parts,
            )
            if (given == 0).all()
            else wording.say(
                "In {statements} ({share}) the scorer knows no evaluative word; their tone is the "
                "model's constant ({constant}) and counts.",
                constant=wording.tone(float(given.iloc[0])),
                **parts,
            )
        )
    return " ".join(told)
